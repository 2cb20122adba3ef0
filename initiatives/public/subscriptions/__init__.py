"""What a reader can follow: shared by feeds, calendars and the table of changes."""

from initiatives.public.subscriptions.changes import changes_in
from initiatives.public.subscriptions.scope import Scope
from initiatives.public.subscriptions.scopes import Moved, period, takes
from initiatives.public.subscriptions.slipped import SlippedScope, slipped
from initiatives.public.subscriptions.views import FollowView

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
