"""What a reader can follow: shared by feeds, calendars and the table of changes."""

from initiatives.subscriptions.changes import changes_in
from initiatives.subscriptions.scope import Scope
from initiatives.subscriptions.scopes import Moved, period, takes
from initiatives.subscriptions.slipped import SlippedScope, slipped
from initiatives.subscriptions.views import FollowView

__all__ = [
    "FollowView",
    "Moved",
    "Scope",
    "SlippedScope",
    "changes_in",
    "period",
    "slipped",
    "takes",
]
