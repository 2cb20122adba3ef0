"""Formats of dates and numbers that Django lacks or gets wrong, one package per language."""
