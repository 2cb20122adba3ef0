"""Atom feeds (RFC 4287): one entry for each change, the newest first."""

from initiatives.feeds.views import ChangesFeed, EventFeed, InitiativeFeed, SlippedFeed

__all__ = ["ChangesFeed", "EventFeed", "InitiativeFeed", "SlippedFeed"]
