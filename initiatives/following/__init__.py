"""What a reader can follow, and how a machine is answered: shared by feeds and calendars."""

from initiatives.following.answers import FollowView, Validators, not_understood, respond
from initiatives.following.scopes import Moved, NotUnderstood, Scope, Withdrawn

__all__ = [
    "FollowView",
    "Moved",
    "NotUnderstood",
    "Scope",
    "Validators",
    "Withdrawn",
    "not_understood",
    "respond",
]
