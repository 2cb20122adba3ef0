"""One activity in our columns."""

import re
from collections import Counter
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from initiatives.choices import Kind
from initiatives.exchange.iati.mapping import money, participants, sectors
from initiatives.exchange.iati.mapping.known import Known
from initiatives.exchange.iati.mapping.mapped import (
    Mapped,
    NewCountry,
    NewOrganisation,
)
from initiatives.exchange.iati.mapping.sources import publisher, sources
from initiatives.exchange.iati.mapping.texts import described, status_reasons
from initiatives.exchange.iati.mapping.words import line, ours, ours_or_any
from initiatives.exchange.iati.reading import Activity
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate

STATUSES = {
    "1": Status.PLANNED,
    "2": Status.IN_PROGRESS,
    "3": Status.IMPLEMENTED,
    "4": Status.IMPLEMENTED,
    "5": Status.CANCELLED,
    "6": Status.SUSPENDED,
}
_DATES = {"1": "planned_start", "2": "actual_start", "3": "planned_end", "4": "actual_end"}
_PARENT, _CHILD = "1", "2"
SCHEME = "iati"


def map_activity(activity: Activity, known: Known, *, today: date) -> Mapped:
    """`known` learns what this activity plans, so the next one does not plan it again."""
    unmapped = Counter(activity.unmapped)
    notes = [_("Not read: %(what)s") % {"what": one} for one in activity.problems]
    stored = set(known.sector_slugs)
    found, find = participants.Participants(known), sectors.Sectors(known)
    cells = _texts(activity, notes) | _dates(activity, today, notes)
    cells |= participants.cells(activity, found)
    cells |= sectors.cells(activity, find, stored, unmapped)
    lines, funding_notes = money.cells(activity, found, notes)
    documents = sources(activity, unmapped)
    _count_the_rest(activity, unmapped)
    code = _code_of(activity.identifier)
    return Mapped(
        key=code or f"{SCHEME}:{activity.identifier}",
        line=activity.line,
        cells=_known_only({"code": code} | cells | lines),
        external_ids=() if code else ((SCHEME, activity.identifier[:200]),),
        parent_key=_parent(activity),
        status_reasons=status_reasons(activity),
        funding_notes=tuple(funding_notes),
        countries=tuple(x for x in found.used.values() if isinstance(x, NewCountry)),
        organisations=tuple(x for x in found.used.values() if isinstance(x, NewOrganisation)),
        sectors=tuple(find.used.values()),
        sources=documents,
        publisher=None if code else publisher(activity),
        unmapped=dict(sorted(unmapped.items())),
        notes=(*notes, *found.notes),
    )


def _known_only(cells: dict[str, str]) -> dict[str, str]:
    """An activity that says nothing of a column leaves it as it is."""
    return {name: text for name, text in cells.items() if text}


def _code_of(identifier: str) -> str:
    """Our code, where we exported the activity ourselves."""
    start = f"{settings.IATI_REPORTING_ORG_REF}-"
    code = identifier.removeprefix(start) if identifier.startswith(start) else ""
    return code if re.fullmatch(r"CI-\d{4}-\d{4,8}", code, re.ASCII) else ""


def _parent(activity: Activity) -> str:
    refs = [one.ref for one in activity.related if one.type == _PARENT and one.ref]
    return _code_of(refs[0]) or f"{SCHEME}:{refs[0]}" if refs else ""


def _texts(activity: Activity, notes: list) -> dict[str, str]:
    titles = ours_or_any(activity.titles)
    if titles and not ours(activity.titles):
        notes.append(_("The title is in none of our languages; it stands in place of English."))
    has_parts = any(one.type == _CHILD for one in activity.related)
    cells = {f"title_{code}": text for code, text in line(titles, 250).items()}
    cells |= described(activity.descriptions)
    kind = Kind.PROGRAMME if has_parts else Kind.OTHER
    status = STATUSES.get(activity.status)
    if status is None:
        notes.append(_("“%(code)s” is no status of IATI.") % {"code": activity.status[:20]})
    return cells | {"kind": kind.value, "status": status.value if status else ""}


def _dates(activity: Activity, today: date, notes: list) -> dict[str, str]:
    cells = {}
    for kind, name in _DATES.items():
        day = activity.dates.get(kind)
        if day is None:
            continue
        if name.startswith("actual") and day > today:
            told = {"day": day}
            notes.append(_("%(day)s lies ahead, so it is no actual date; left out.") % told)
        else:
            cells[name] = str(_partial(day, activity.date_texts.get(kind, {})))
    return cells


def _partial(day: date, texts: dict[str, str]) -> PartialDate:
    """What a narrative says of a date that is not known to the day, if it agrees with the day."""
    for text in texts.values():
        try:
            value = PartialDate.parse(text.partition(" ")[0])
        except ValueError:
            continue
        if value.first <= day <= value.last:
            return value
    return PartialDate(day)


def _count_the_rest(activity: Activity, unmapped: Counter) -> None:
    """What was read and has no column."""
    others = [one for one in activity.related if one.type != _PARENT]
    regions = [*activity.regions, *(one for x in activity.transactions for one in x.regions)]
    for path, number in (
        ("budget", len(activity.budgets)),
        ("recipient-region", len(regions)),
        ("other-identifier", len(activity.identifiers)),
        ("related-activity[@type!='1']", len(others)),
    ):
        if number:
            unmapped[path] += number
