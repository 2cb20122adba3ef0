"""What the register should say of a record, and the editions that are between it and that.

A record is published at once or, under an embargo, from an instant on; or it is not public.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain as chained

import msgspec

from initiatives.choices import (
    EditionCause,
    EditionKind,
    EditionState,
    EventPublication,
    Publication,
)
from initiatives.editions import record as public
from initiatives.models import Edition, Event, Initiative, InitiativeEvent, StatusChange
from initiatives.publication.records import event_record, initiative_record, withdrawal


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`record` is what is public at or after `since`; None for what is not public.

    `unchanged_since` is when a row that it is made of was last written. `row` is the working row.
    """

    record: public.Part | None
    since: datetime
    reason: public.Withdrawal
    unchanged_since: datetime
    row: Initiative | Event | None = None


def following(kind, key, latest, wanted: Wanted, now, cause) -> list[Edition]:
    """The new editions of a key, none if the `latest` one says what is wanted."""
    if wanted.record is None:
        return _withdrawn(kind, key, latest, wanted, now, cause)
    number = latest.number if latest else 0
    is_shown = latest is not None and latest.state == EditionState.PUBLISHED
    if is_shown and wanted.since > now >= latest.since:
        # What is public already is taken away until the embargo ends.
        gone = _edition(kind, key, number + 1, now, EditionState.WITHDRAWN, wanted.reason, cause)
        shown = _edition(
            kind, key, number + 2, wanted.since, EditionState.PUBLISHED, wanted.record, cause
        )
        return [gone, shown]
    if (
        is_shown
        and _says(latest, wanted.record)
        and (latest.since <= now or latest.since == wanted.since)
    ):
        return []
    begins = cause == EditionCause.FIRST and latest is None and wanted.since <= now
    since = min(now, wanted.unchanged_since) if begins else wanted.since
    return [_edition(kind, key, number + 1, since, EditionState.PUBLISHED, wanted.record, cause)]


def _withdrawn(kind, key, latest, wanted, now, cause):
    if latest is None:
        return []
    if latest.state == EditionState.WITHDRAWN and _says(latest, wanted.reason):
        return []
    state = EditionState.WITHDRAWN
    return [_edition(kind, key, latest.number + 1, now, state, wanted.reason, cause)]


def _edition(kind, key, number, since, state, record, cause) -> Edition:
    body = public.encoded(record)
    return Edition(
        kind=kind, key=key, number=number, since=since, state=state, body=body, cause=cause
    )


def _says(edition, record) -> bool:
    """A body that was emptied or cannot be read says nothing; `verify` tells of the latter."""
    try:
        return public.says_the_same(public.decoded(edition.body, type(record)), record)
    except msgspec.MsgspecError:
        return False


def wanted_initiatives(codes, latest, now) -> dict[str, Wanted]:
    """By code. A fixed number of queries; of what is not public the reason only if it was."""
    shown = Initiative.objects.filter(code__in=codes, publication=Publication.PUBLISHED)
    rows = list(shown.for_detail())
    parents, continued_in, continues = _relatives(rows)
    found = {}
    for row in rows:
        record = initiative_record(
            row,
            parent=parents.get(row.parent_id),
            continued_in=continued_in,
            continues=continues.get(row.pk, ()),
        )
        found[row.code] = Wanted(
            record=record,
            since=max(now, row.embargo_until or now),
            reason=withdrawal(row),
            unchanged_since=_last_written(row),
            row=row,
        )
    others = [code for code in codes if code not in found and code in latest]
    hidden = {row.code: row for row in Initiative.objects.filter(code__in=others)} if others else {}
    return found | {code: _hidden(hidden.get(code), now) for code in codes if code not in found}


def _hidden(row, now) -> Wanted:
    return Wanted(record=None, since=now, reason=withdrawal(row), unchanged_since=now)


def _relatives(rows):
    """Codes of what is above and after the rows, by primary key, and of what went before them."""
    if not rows:
        return {}, {}, {}
    changes = chained.from_iterable(row.status_changes.all() for row in rows)
    named = {change.continued_in_id for change in changes} | {row.parent_id for row in rows}
    published = Initiative.objects.published().order_by()
    codes = dict(published.filter(pk__in=named - {None}).values_list("pk", "code"))
    before = StatusChange.objects.filter(
        continued_in__in=rows, initiative__in=published.values("pk")
    )
    continues: dict[int, list[str]] = {}
    for pk, code in before.order_by("initiative__code").values_list(
        "continued_in", "initiative__code"
    ):
        if code not in continues.setdefault(pk, []):
            continues[pk].append(code)
    return codes, codes, continues


def _last_written(row) -> datetime:
    """Of the record, the events that it names and the sources that it cites."""
    first_shown = row.published_at or row.created_at
    claims = [row, *row.status_changes.all(), *row.milestones.all(), *row.date_revisions.all()]
    claims += row.money
    citations = (citation for claim in claims for citation in claim.citations.all())
    instants = [row.updated_at, first_shown, row.embargo_until or first_shown]
    instants += [link.event.updated_at for link in row.events.all()]
    return max(*instants, *(citation.source.updated_at for citation in citations))


def wanted_events(slugs, latest, now) -> dict[str, Wanted]:
    rows = Event.objects.filter(slug__in=slugs).for_detail()
    since = _named_since(slugs, now)
    found = {slug: _hidden(None, now) for slug in slugs}
    for row in rows:
        is_shown = row.publication == EventPublication.PUBLISHED
        shown_since = now if is_shown else since.get(row.pk)
        if shown_since is not None:
            found[row.slug] = Wanted(
                record=event_record(row),
                since=shown_since,
                reason=withdrawal(row),
                unchanged_since=row.updated_at,
                row=row,
            )
    return found


def _named_since(slugs, now) -> dict[int, datetime]:
    """From when on a published initiative names each event, by primary key."""
    links = InitiativeEvent.objects.filter(
        event__slug__in=slugs, initiative__publication=Publication.PUBLISHED
    )
    found: dict[int, datetime] = {}
    for pk, until in links.order_by().values_list("event", "initiative__embargo_until"):
        since = max(now, until or now)
        found[pk] = min(found.get(pk, since), since)
    return found


OF_KIND = {EditionKind.INITIATIVE: wanted_initiatives, EditionKind.EVENT: wanted_events}
