"""Reading any file that holds initiatives into one kind of table. Nothing is written here."""
