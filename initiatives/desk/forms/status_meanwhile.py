"""A status that somebody else entered while I was entering mine: before, theirs and mine."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.desk.forms import StatusForm
from initiatives.desk.forms.record import is_key
from initiatives.desk.forms.three_way.words import EMPTY, Words, plain
from initiatives.fields.typed import field_of
from initiatives.lifecycle import Status
from initiatives.models import StatusChange

Line = tuple[str, str, str, str]  # label, before, theirs, mine, in words
SHOWN = (
    "effective",
    *(f"reason_{language}" for language in Language.values),
    "decided_by",
    "continued_in",
    "event",
)


@dataclass
class Meanwhile:
    """`change` is the last one of theirs."""

    number: int
    change: StatusChange | None
    lines: list[Line] = field(default_factory=list)


def status_meanwhile(form: StatusForm) -> Meanwhile:
    """What happened to the status since the bound `form` was opened."""
    seen = form.data.get("seen", "")
    changes = list(form.initiative.status_changes.order_by("number"))
    before = next((each for each in changes if is_key(seen) and each.number == int(seen)), None)
    theirs = changes[-1] if changes else None
    told = Meanwhile(theirs.number if theirs else 0, theirs)
    parts = (form, before, theirs)
    lines = [_status_line(*parts), *_lines(*parts), _source_line(*parts)]
    told.lines = [line for line in lines if any(text != EMPTY for text in line[1:])]
    return told


def _status_line(
    form: StatusForm, before: StatusChange | None, theirs: StatusChange | None
) -> Line:
    none = _("Not recorded yet")
    old, new = (each.get_to_status_display() if each else none for each in (before, theirs))
    return (_("Status"), old, new, str(Status(form.to).label))


def _lines(
    form: StatusForm, before: StatusChange | None, theirs: StatusChange | None
) -> Iterator[Line]:
    words = Words()
    for name in SHOWN:
        label = str(field_of(StatusChange, name).verbose_name)
        mine = words.typed(form, name) if name in form.fields else EMPTY
        yield label, _held(before, name), _held(theirs, name), mine


def _held(change: StatusChange | None, name: str) -> str:
    value = getattr(change, name) if change else None
    value = getattr(value, "code", value)  # the title may be for another desk alone
    return plain(value if value is None else str(value))


def _source_line(
    form: StatusForm, before: StatusChange | None, theirs: StatusChange | None
) -> Line:
    mine = Words().typed(form, "source") if "source" in form.fields else EMPTY
    return _("Source"), _cited(before), _cited(theirs), mine


def _cited(change: StatusChange | None) -> str:
    rows = change.citations.select_related("source") if change else ()
    return ", ".join(map(str, rows)) or EMPTY
