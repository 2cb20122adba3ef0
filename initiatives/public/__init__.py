"""What the public reads: editions and the names of places, in pages, files, feeds and answers."""
