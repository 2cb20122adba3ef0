"""The officers of the copy, one of each role, and their desk."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from initiatives import actions
from initiatives.actions.accounts.officers import membership
from initiatives.demonstration import OFFICERS, PASSWORD
from initiatives.models import Desk

DESK = "Training desk"
_NAMES = {
    "viewer": ("Vera", "Visitor"),
    "editor": ("Elmira", "Editor"),
    "reviewer": ("Rustam", "Reviewer"),
    "publisher": ("Zarina", "Publisher"),
    "administrator": ("Askar", "Administrator"),
}


def make_officers() -> dict[str, User]:
    """User name → officer, all with the password of the demonstration."""
    people = {name: _make(name) for name in OFFICERS}
    desk = actions.save(Desk(name=DESK, covers_all=True), by=people["administrator"])
    for name, role in OFFICERS.items():
        if role is not None:
            membership(people[name], desk, role, by=people["administrator"])
    return people


def _make(name: str) -> User:
    first, last = _NAMES[name]
    details = {"email": f"{name}@example.org", "first_name": first, "last_name": last}
    users = get_user_model().objects
    if OFFICERS[name] is None:
        return users.create_superuser(name, password=PASSWORD, **details)
    return users.create_user(name, password=PASSWORD, is_staff=True, **details)
