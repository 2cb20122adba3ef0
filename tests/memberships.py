"""Officers with a place on a desk, and the requests that they make."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from initiatives import models
from initiatives.choices import DeskRole, RequestKind, RequestState
from initiatives.desk.work_queue import queue_of
from initiatives.lifecycle import Status
from initiatives.rights import Rights
from tests.factories import LANGUAGES, cite, make_initiative, make_status_change


def make_member(name="dilshod", role=DeskRole.EDITOR, *, desk="Everything", **fields):
    """An officer with `role` on a desk that covers everything; `desk=None` gives none."""
    values = {"is_staff": True, "email": f"{name}@example.org", **fields}
    member = get_user_model().objects.create_user(name, password="pw", **values)
    if desk is not None:
        give_seat(member, role, desk)
    return member


def give_seat(user, role=DeskRole.EDITOR, name="Everything", **fields):
    desk, _ = models.Desk.objects.get_or_create(name=name, defaults={"covers_all": True})
    return models.DeskMember.objects.create(desk=desk, user=user, role=role, **fields)


def rights(user):
    return Rights(type(user).objects.get(pk=user.pk))


def ask(initiative, by, **fields):
    """A change of `initiative` that `by` asked for."""
    values = {"model": "initiative", "key": [initiative.code], **fields}
    return models.ChangeRequest.objects.create(initiative=initiative, created_by=by, **values)


def ask_status(initiative, by, to=Status.IMPLEMENTED, **fields):
    """A status that `by` asked for."""
    stated = {"to_status": [None, str(to)], "effective": [None, "2025"]}
    last = initiative.status_changes.count()
    key = [initiative.code, last + 1]
    edit = {"model": "statuschange", "key": key, "action": "created", "fields": stated}
    return ask(initiative, by, kind=RequestKind.STATUS, edits=[edit], **fields)


def refuse(request, by, comment="Cite the protocol.", at=None):
    request.state, request.approver, request.comment = RequestState.REJECTED, by, comment
    request.decided_at = at or timezone.now()
    request.save()
    return request


def clean(initiative, **status):
    """Give a new record all that the rules ask for; `status` are fields of its status change."""
    for name in ("title", "summary"):
        for code in LANGUAGES:
            setattr(initiative, f"{name}_{code}", "Text")
    cite(make_status_change(initiative, **status))
    return initiative


def ago(days):
    return timezone.now() - timedelta(days=days)


def made(**fields):
    """A record without fault but for `fields`."""
    return clean(make_initiative(**fields))


def sections(user, **options):
    return {section.key: section for section in queue_of(rights(user), **options).sections}


def codes(user, key, **options):
    found = sections(user, **options)
    return [item.code for item in found[key].items] if key in found else []
