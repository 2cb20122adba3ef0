"""What readers ask of us by a form: mails about what changes."""
