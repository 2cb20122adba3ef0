"""What a reader can follow: shared by feeds, calendars and the table of changes."""

from initiatives.following.changes import changes_in
from initiatives.following.scope import Scope
from initiatives.following.scopes import Moved, period, takes
from initiatives.following.views import FollowView

__all__ = ["FollowView", "Moved", "Scope", "changes_in", "period", "takes"]
