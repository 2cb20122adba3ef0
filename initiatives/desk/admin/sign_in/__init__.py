"""Signing in to the desk: wrong passwords are counted, told and forgiven here."""
