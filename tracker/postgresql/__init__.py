"""The backend of PostgreSQL of a server: Django's, which waits for no answer for ever."""
