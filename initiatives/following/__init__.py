"""What a reader can follow: shared by feeds, calendars and the table of changes."""

from initiatives.following.scopes import Moved, Scope, period, takes
from initiatives.following.views import FollowView

__all__ = ["FollowView", "Moved", "Scope", "period", "takes"]
