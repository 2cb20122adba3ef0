"""Records in the public register, and what a step adds to it."""

from initiatives import actions
from initiatives.editions import record as public
from initiatives.models import Edition, Initiative
from initiatives.publication import issue_missing, missing
from tests.factories import cite, make_initiative, make_status_change

CODE, OTHER = "CI-2025-0001", "CI-2025-0002"


def make_shown(code=CODE, **fields):
    """A record that lacks nothing to be public, and is in the register if it is."""
    shown = make_initiative(code, **{"summary_en": "A summary", **fields})
    make_status_change(shown)
    cite(shown)
    issue_missing()
    return shown


def added(act):
    """The editions that `act` writes; the register then says all that the rows say."""
    before = Edition.objects.count()
    act()
    assert list(missing()) == []
    return list(Edition.objects.filter(position__gt=before).order_by("position"))


def keys_of(editions):
    return sorted(edition.key for edition in editions)


def body(edition, model=public.InitiativeRecord):
    return public.decoded(edition.body, model)


def last_body(key=CODE, model=public.InitiativeRecord):
    return body(Edition.objects.filter(key=key).order_by("number").last(), model)


def save(row, **fields):
    """Save the row anew by the verb for it, in the name of the system."""
    row = type(row).objects.get(pk=row.pk) if row.pk else row
    for name, value in fields.items():
        setattr(row, name, value)
    return actions.save(row, by=None, reason="Because")


def withdraw(row):
    return actions.withdraw(Initiative.objects.get(pk=row.pk), reason={"en": "Wrong"}, by=None)
