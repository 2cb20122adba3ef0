"""Programs for those who work on the tracker; a server needs none of them."""
