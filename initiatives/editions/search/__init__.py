"""Search over the public register, by the text index of the database."""
