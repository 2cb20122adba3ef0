"""The project: settings, addresses and the local server."""

# Of the newest release in CHANGELOG.md; it stands here and nowhere else.
__version__ = "0.2.0"
