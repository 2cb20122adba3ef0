"""What waits for a second person: done, undone and kept, then approved or refused."""
