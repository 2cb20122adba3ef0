"""One activity in our columns."""

import re
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from initiatives.choices import Kind
from initiatives.exchange.iati.mapping import budgets, money, participants, recipients, sectors
from initiatives.exchange.iati.mapping.classifications import Classifications
from initiatives.exchange.iati.mapping.external_texts import external_texts
from initiatives.exchange.iati.mapping.known import Known
from initiatives.exchange.iati.mapping.left import tell_left
from initiatives.exchange.iati.mapping.mapped import Mapped, NewCountry, NewOrganisation
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.sources import publisher, sources
from initiatives.exchange.iati.mapping.texts import described, status_name, status_reasons
from initiatives.exchange.iati.mapping.words import line, ours, ours_or_any
from initiatives.exchange.iati.reading import Activity, Texts
from initiatives.lifecycle import Status
from initiatives.models import ExternalId
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
_CHILD = "2"
_LONGEST_IDENTIFIER = ExternalId._meta.get_field("value").max_length or 0
SCHEME = "iati"


def map_activity(activity: Activity, known: Known, *, today: date) -> Mapped:
    """`known` learns what this activity plans, so the next one does not plan it again."""
    notes, problems = Notes(), []
    for one in activity.problems:
        notes.add(_("Not read:"), one)
    found, find = participants.Participants(known, notes), sectors.Sectors(known, notes)
    cells = _texts(activity, notes) | _dates(activity, today, notes)
    cells |= participants.cells(activity, found) | recipients.cells(activity, found, notes)
    codes = Classifications(notes)
    cells |= sectors.cells(activity, find, codes, notes)
    lines, funding_notes = money.cells(activity, found, notes)
    cells |= lines | budgets.cells(activity, notes)
    codes.add_status(activity)
    codes.add_all(activity)
    documents = sources(activity, known, notes)
    code = _code_of(activity.identifier)
    if len(activity.identifier) > _LONGEST_IDENTIFIER:
        told = {"length": len(activity.identifier), "most": _LONGEST_IDENTIFIER}
        message = (
            _("The identifier has %(length)d characters; at most %(most)d are allowed.") % told
        )
        problems.append(("external_ids", message))
    reporter = None if code else publisher(activity)
    problems += found.problems
    texts = external_texts(activity, notes)
    reasons = status_reasons(activity)
    _tell_guessed(activity, notes)
    references = {str(n): one.ref for n, one in enumerate(activity.transactions, 1) if one.ref}
    left, unmapped = tell_left(activity.left(), references)
    return Mapped(
        key=code or f"{SCHEME}:{activity.identifier}",
        line=activity.line,
        cells=_known_only({"code": code} | cells),
        external_ids=() if code else ((SCHEME, activity.identifier),),
        parent_key=_parent(activity),
        status_reasons=reasons,
        funding_notes=tuple(funding_notes),
        countries=tuple(x for x in found.used.values() if isinstance(x, NewCountry)),
        organisations=tuple(x for x in found.used.values() if isinstance(x, NewOrganisation)),
        sectors=tuple(find.used.values()),
        sources=documents,
        publisher=reporter,
        codes=tuple(codes.found),
        texts=texts,
        unmapped=dict(sorted(unmapped.items())),
        notes=(*notes.told(), *left),
        problems=tuple(problems),
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
    refs = [one.ref for one in activity.related]
    return _code_of(refs[0]) or f"{SCHEME}:{refs[0]}" if refs else ""


def _texts(activity: Activity, notes: Notes) -> dict[str, str]:
    if activity.titles and not ours(activity.titles):
        notes.add(_("The title is in none of our languages; it is shown in place of English."))
    has_parts = any(
        one.element == "related-activity" and one.vocabulary == _CHILD for one in activity.codes
    )
    cells = {f"title_{code}": text for code, text in line(ours_or_any(activity.titles)).items()}
    cells |= described(activity.descriptions, notes)
    kind = Kind.PROGRAMME if has_parts else Kind.OTHER
    status = STATUSES.get(activity.status)
    if not activity.status:
        notes.add(_("The file gives no status, so none is entered."))
    elif status is None:
        notes.add(_("“%(code)s” is no status of IATI.") % {"code": activity.status})
    elif status is Status.IMPLEMENTED:
        told = {"code": activity.status, "name": status_name(activity.status)}
        notes.add(_("Status %(code)s (%(name)s) is entered as implemented.") % told)
    return cells | {"kind": kind.value, "status": status.value if status else ""}


def _dates(activity: Activity, today: date, notes: Notes) -> dict[str, str]:
    cells = {}
    for kind, name in _DATES.items():
        day = activity.dates.get(kind)
        if day is None:
            continue
        if name.startswith("actual") and day > today:
            told = {"day": day}
            notes.add(_("%(day)s is in the future, so it is not an actual date; left out.") % told)
        else:
            cells[name] = str(_partial(day, activity.date_texts.get(kind, Texts())))
    return cells


def _partial(day: date, texts: Texts) -> PartialDate:
    """What a narrative says of a date that is not known to the day, if it agrees with the day."""
    for code, text in texts.items():
        try:
            value = PartialDate.parse(text.partition(" ")[0])
        except ValueError:
            continue
        if value.first <= day <= value.last:
            texts.use(code)
            return value
    return PartialDate(day)


def _tell_guessed(activity: Activity, notes: Notes) -> None:
    for code, times in sorted(activity.guessed.items()):
        told = {"times": times, "language": code}
        notes.add(
            _("Texts that do not say their language: %(times)d, taken for “%(language)s”.") % told
        )
