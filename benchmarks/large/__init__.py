"""How fast the public side is with 10,000 to a million records. `python -m benchmarks.large`."""
