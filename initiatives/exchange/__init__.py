"""Reading and writing file formats. What the formats hold is defined once, in `columns`."""
