"""An initiative with rows of every kind, for tests of whole pages."""

from initiatives.lifecycle import Status
from tests.factories import (
    add_organisation,
    cite,
    link_event,
    make_country,
    make_event,
    make_funding,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
    make_status_change,
)


def make_full(record, number, *, first=0):
    """Give `record` so many rows of each kind, each with its citation, numbered from `first`."""
    for n in range(first, first + number):
        cite(_make_move(record, n), locator=f"S{n}")
        cite(make_milestone(record, responsible=make_country("KZ"), actual="2025"), locator=f"M{n}")
        cite(_make_linked_event(record), locator=f"E{n}")
        sides = {"provider": make_organisation(), "receiver": make_organisation()}
        cite(make_funding(record, date="2025", **sides), locator=f"F{n}")
        cite(record, make_source(f"source-{n}"))
        cite(record.date_revisions.create(number=n + 1, field="planned_end", old="2026"))
        add_organisation(record, f"organisation-{n}")
        make_initiative(parent=record)
        record.external_ids.create(scheme="wb", value=f"{record.code} {n}")
    return record


def _make_move(record, n):
    to = Status.AGREED if n % 2 else Status.SUSPENDED
    return make_status_change(record, to, decided_by=make_country("KZ"), reason_en="Decided so.")


def _make_linked_event(record):
    event = make_event(host_country=make_country("UZ"), place_en="Tashkent")
    link_event(record, event, decision_en="Both sides decided.")
    return event
