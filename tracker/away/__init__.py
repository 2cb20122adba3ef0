"""What happens while the database cannot be read, or nothing can be written: see ADR 39.

Readers and officers get 503 with a calm page, programs a problem, and both the time to wait; the
log has one line for the beginning of it and one for its end in each process.
"""
