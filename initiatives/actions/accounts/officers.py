"""Accounts of the desk. What an officer may do is a role on a desk, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.translation import gettext_lazy as _

from initiatives.actions.accounts import audit
from initiatives.actions.errors import Refused
from initiatives.actions.recording import save_record, write_change
from initiatives.choices import AccountAct, ChangeAction, DeskRole
from initiatives.models import Desk, DeskMember
from initiatives.models.texts import text_of
from initiatives.publication import publishing

# What is kept of an account in its history. Nothing is kept of its password but that it was set.
ACCOUNT_FIELDS = ("username", "first_name", "last_name", "email", "is_superuser", "is_active")
HIDDEN = "********"
_UNKNOWN = 60  # characters of a password that nobody knows
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


@publishing()
def create_account(user: User, *, by: User | None, password: str | None = None) -> User:
    """Store the new account `user`. Without a `password` nobody knows it: a link sets the first."""
    user.is_staff = True
    # One that nobody knows, and not “none”: Django sends a link to whoever may have a password.
    user.set_password(password or get_random_string(_UNKNOWN))
    user.save()
    record_account(user, by=by)
    return user


@publishing()
def record_account(user: User, *, by: User | None) -> None:
    """Write that the account `user`, which is stored, was made."""
    fields = {name: [None, text_of(user, name)] for name in ACCOUNT_FIELDS}
    told = {name: values for name, values in fields.items() if values[1] is not None}
    write_change(user, action=ChangeAction.CREATED, fields=told, by=by)


def keep_name_of(username: str) -> User:
    """Store an account that only says who `username` was: no activity, no rights, no password that
    anybody knows. It leaves no record, since the rows of a fixture that need it bring theirs."""
    user = User(username=username, is_active=False)
    user.set_password(get_random_string(_UNKNOWN))
    user.save()
    return user


@publishing()
def change_account(user: User, changed: Iterable[str], *, by: User | None) -> User:
    """Store the fields of `user` named in `changed`, and no others: two may edit one account.

    Raises Refused where nobody would be left to administer, or where `by` would shut themselves
    out. Who is deactivated is signed out everywhere.
    """
    names = [name for name in ACCOUNT_FIELDS if name in set(changed)]
    if not (user.is_active and user.is_superuser):
        _locked_administrators()  # before the account: two of them would wait for each other
    before = type(user).objects.select_for_update(no_key=True).get(pk=user.pk)
    pairs = {name: [text_of(before, name), text_of(user, name)] for name in names}
    pairs = {name: values for name, values in pairs.items() if values[0] != values[1]}
    if not pairs:
        return user
    check_account(user, by=by)
    user.save(update_fields=list(pairs))
    if user.is_superuser:
        let_in(user)
    if not user.is_active:
        sign_out(user)
    write_change(user, action=ChangeAction.CHANGED, fields=pairs, by=by)
    return user


def check_account(user: User, *, by: User | None) -> None:
    """Raises Refused, at its field, where saving `user` would leave the desk without a key."""
    if by is not None and by.pk == user.pk and not user.is_active:
        message = _("Your own account stays active. Ask another administrator to deactivate it.")
        raise Refused({"is_active": message})
    if user.is_active and user.is_superuser:
        return
    if _locked_administrators() == {user.pk}:
        field = "is_active" if not user.is_active else "is_superuser"
        message = _("Nobody else administers the desk. Make another officer administrator first.")
        raise Refused({field: message})


def _locked_administrators() -> set[int]:
    """Their keys; locked, so that two do not take each other away at the same moment."""
    rows = get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk")
    return set(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def deactivate(user: User, *, by: User | None) -> bool:
    """End the sessions and sign-ins of `user`, who stays known in all histories.

    False where the account was not active. Raises Refused, see `change_account`.
    """
    if not user.is_active:
        return False
    user.is_active = False
    change_account(user, ["is_active"], by=by)
    return True


@publishing()
def set_password(user: User, password: str, *, by: User | None) -> User:
    """Give `user` the `password`; whoever is signed in with the old one no longer is."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record_password(user, by=by)
    return user


@publishing()
def record_password(user: User, *, by: User | None) -> None:
    """Write that the password of `user`, which is stored, was set."""
    write_change(user, action=ChangeAction.CHANGED, fields={"password": [HIDDEN, HIDDEN]}, by=by)


def sign_out(user: User, *, but: str | None = None) -> int:
    """Remove the sessions of `user`, all but the one with the key `but`; gives how many they were.

    Reactivating an account would bring them back otherwise.
    """
    rows = Session.objects.filter(expire_date__gte=timezone.now()).exclude(pk=but)
    keys = [row.pk for row in rows.iterator() if _is_of(user, row.get_decoded())]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)


def sessions_of(user: User) -> Iterator[tuple[str, dict[str, Any]]]:
    """(key, data) of each session that lets somebody in as `user`."""
    for row in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        data = row.get_decoded()
        mark = data.get(HASH_SESSION_KEY, "")
        if _is_of(user, data) and constant_time_compare(mark, user.get_session_auth_hash()):
            yield row.pk, data


@publishing()
def end_session(user: User, key: str) -> None:
    """End the session of `user` with the `key`, from another one of theirs."""
    if Session.objects.filter(pk=key).delete()[0]:
        audit.note(AccountAct.SESSION_ENDED, user)


@publishing()
def end_sessions(user: User, *, by: User, but: str | None = None) -> int:
    """End all sessions of `user` but the one with the key `but`; gives how many they were."""
    number = sign_out(user, but=but)
    audit.note(AccountAct.SESSION_ENDED, user, by=by, detail=str(number))
    return number


def _is_of(user: User, session: Mapping[str, Any]) -> bool:
    return session.get(SESSION_KEY) == str(user.pk)


@publishing()
def mail_in(user: User, language: str, *, by: User | None) -> None:
    """Send the daily mail to `user` in `language`, whatever the desk; empty for no mail."""
    for member in DeskMember.objects.filter(user=user).exclude(digest_language=language):
        member.digest_language = language
        save_record(member, by=by)


@publishing()
def requests_in(user: User, language: str, *, by: User | None) -> None:
    """Mail each request to `user` at once in `language`, whatever the desk; empty for no mail."""
    for member in DeskMember.objects.filter(user=user).exclude(request_language=language):
        member.request_language = language
        save_record(member, by=by)


@publishing()
def membership(user: User, desk: Desk, role: DeskRole, *, by: User | None = None) -> DeskMember:
    """Give `user` the `role` on `desk`."""
    member = DeskMember.objects.filter(desk=desk, user=user).first()
    member = member or DeskMember(desk=desk, user=user)
    member.role = role
    let_in(user)
    return save_record(member, by=by)


@publishing()
def create_demo_officers(*, password: str) -> dict[str, User]:
    """Three officers of one desk for a local run, all with `password`; never in production."""
    desk = Desk.objects.filter(name=DEMO_DESK).first()
    desk = desk or save_record(Desk(name=DEMO_DESK, covers_all=True), by=None)
    users = get_user_model().objects
    made = {name: users.create_user(name, password=password) for name in DEMO_OFFICERS}
    for name, role in DEMO_OFFICERS.items():
        membership(made[name], desk, role)
    return made
