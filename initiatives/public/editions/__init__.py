"""Editions of a record on their own pages: what each said, and what changed between two."""
