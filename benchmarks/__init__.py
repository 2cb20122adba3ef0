"""How fast the pages are: generated initiatives, measured pages, ratios. `python -m benchmarks`."""
