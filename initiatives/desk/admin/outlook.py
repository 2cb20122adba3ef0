"""What the public would read if a request were approved, beside what it reads now."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.text import capfirst

from initiatives import actions, as_of
from initiatives.choices import EditionKind, Language
from initiatives.desk import previews
from initiatives.editions.access import Access, public_edition
from initiatives.editions.current import record_of
from initiatives.editions.record import InitiativeRecord
from initiatives.models import ChangeRequest, Edition, Initiative
from initiatives.public.editions.difference import Difference, Mark, differences
from initiatives.public.editions.fields import GENERAL
from initiatives.public.editions.names import Names
from initiatives.rules import Finding


@dataclass(frozen=True)
class Row:
    """A difference, and the `place` by which a comment on it is known."""

    difference: Difference
    place: str

    @property
    def is_same(self) -> bool:
        return self.difference.mark is Mark.SAME


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """`edition` is what the public reads now, None where it reads nothing.

    `refused` is what stands against the change: then nothing else is known. `rising` and `falling`
    are the flags that would come and go, `standing` those that stay; `lacks` says what is missing.
    """

    edition: Edition | None = None
    refused: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    rising: list[Finding] = field(default_factory=list)
    falling: list[Finding] = field(default_factory=list)
    standing: list[Finding] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if not row.is_same]

    @property
    def same(self) -> list[Row]:
        return [row for row in self.rows if row.is_same]


def outlook_of(request: ChangeRequest) -> Outlook:
    """The outlook of a request that waits and belongs to an initiative."""
    assert request.initiative is not None
    code = request.initiative.code
    found = public_edition(EditionKind.INITIATIVE, code)
    edition = found.edition if found.access is Access.SHOWN else None
    before = record_of(edition) if edition is not None else None
    assert before is None or isinstance(before, InitiativeRecord)
    now = _findings(as_of.as_edition(edition)) if edition is not None else []
    with previews.as_it_would_be(request) as refused:
        if refused:
            return Outlook(edition=edition, refused=refused)
        after, initiative = previews.record_as_published(code)
        then = _findings(initiative)
        rows = _rows(before or _nothing(after), after)
        stored = Initiative.objects.get(pk=request.initiative.pk)
        lacks = [str(text) for _field, text in actions.publishing_lacks(stored)]
    was, will = ({finding.flag for finding in some} for some in (now, then))
    return Outlook(
        edition=edition,
        rows=rows,
        rising=[one for one in then if one.flag not in was],
        falling=[one for one in now if one.flag not in will],
        standing=[one for one in then if one.flag in was],
        lacks=[*lacks, *_untranslated(after)],
    )


def _findings(initiative: Initiative) -> list[Finding]:
    """What the rules find in it; `as_of` has put them beside its fields."""
    return list(vars(initiative)["findings"])


def _nothing(record: InitiativeRecord) -> InitiativeRecord:
    """What is said of a record that the public does not know."""
    return InitiativeRecord(
        form=record.form, code="", kind="", status="", created_at="", updated_at="", version=0
    )


def _rows(before: InitiativeRecord, after: InitiativeRecord) -> list[Row]:
    names = Names([before, after])
    return [Row(one, _place(one)) for one in differences(before, after, names, same=True)]


def _place(difference: Difference) -> str:
    """For example “Milestones, Pillars: Reached” or “Outcome (Russian)”."""
    name = ", ".join(str(value.shown) for value in difference.name)
    part = ", ".join(filter(None, (str(difference.section), name)))
    label = str(capfirst(difference.label))
    if difference.language:
        label = f"{label} ({Language(difference.language).label})"
    return ": ".join(filter(None, (part, label)))


def _untranslated(record: InitiativeRecord) -> Iterator[str]:
    """The texts of the record that are written in some of the languages only."""
    for one in GENERAL:
        if not one.is_text:
            continue
        (text,) = one.stored(record)
        absent = [str(each.label) for each in Language if not getattr(text, each.value)]
        if 0 < len(absent) < len(Language):
            yield f"{capfirst(one.label)}: {', '.join(absent)}"
