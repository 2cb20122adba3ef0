"""Atom feeds (RFC 4287): one entry for each change, the newest first."""

from initiatives.public.feeds.views import FeedView

__all__ = ["FeedView"]
