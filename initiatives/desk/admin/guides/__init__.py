"""A guide for each role at the desk, in each language, with pictures of the training copy."""
