"""Accounts of the desk. What an officer may do is a role on a desk, and nothing else."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from initiatives.actions.recording import save_record
from initiatives.choices import DeskRole
from initiatives.models import Desk, DeskMember

DEMO_DESK = "Demo desk"
# The account that shows everything keeps the plain name; the others show how work is shared.
DEMO_OFFICERS = {
    "officer": DeskRole.PUBLISHER,
    "reviewer": DeskRole.REVIEWER,
    "editor": DeskRole.EDITOR,
}


def let_in(user: User) -> None:
    """Let a member of a desk sign in to it."""
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])


def deactivate(user: User) -> bool:
    """End the sessions and sign-ins of `user`, who stays known in all histories."""
    if not user.is_active:
        return False
    user.is_active = False
    user.save(update_fields=["is_active"])
    return True


@transaction.atomic
def membership(user: User, desk: Desk, role: DeskRole, *, by: User | None = None) -> DeskMember:
    """Give `user` the `role` on `desk`."""
    member = DeskMember.objects.filter(desk=desk, user=user).first()
    member = member or DeskMember(desk=desk, user=user)
    member.role = role
    let_in(user)
    return save_record(member, by=by)


@transaction.atomic
def create_demo_officers(*, password: str) -> dict[str, User]:
    """Three officers of one desk for a local run, all with `password`; never in production."""
    desk = Desk.objects.filter(name=DEMO_DESK).first()
    desk = desk or save_record(Desk(name=DEMO_DESK, covers_all=True), by=None)
    users = get_user_model().objects
    made = {name: users.create_user(name, password=password) for name in DEMO_OFFICERS}
    for name, role in DEMO_OFFICERS.items():
        membership(made[name], desk, role)
    return made
