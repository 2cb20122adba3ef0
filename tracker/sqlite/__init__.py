"""The backend of SQLite: Django's, which also reads where it cannot write."""
