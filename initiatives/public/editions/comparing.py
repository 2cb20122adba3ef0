"""Two public versions of a record side by side: what was asked for, and what is shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.editions.record import InitiativeRecord
from initiatives.models.editions import Edition
from initiatives.public.editions.difference import Difference, Mark, differences
from initiatives.public.editions.names import Names
from initiatives.public.editions.versions import Said, Version
from initiatives.text.plain_text import clean_line

_NUMBER = re.compile(r"[1-9]\d*", re.ASCII)
_SHOWN = 20  # characters of a wrong number that the field repeats


@dataclass(frozen=True)
class ComparisonQuery:
    """`typed` stands in the field again; `errors` are shown beside it, and then nothing beside."""

    NAMES = ("with", "show")
    ALL = "all"

    typed: str = ""
    other: Edition | None = None
    is_all: bool = False
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, query: QueryDict, number: int, versions: list[Version]) -> "ComparisonQuery":
        """What the query string asks for, of the public `versions` of the record."""
        given, show = query.getlist("with"), query.getlist("show")
        if not given:
            return cls(errors=[_("Name an edition to compare with.")] if show else [])
        typed = clean_line(given[-1])[:_SHOWN]
        error = _error(given, number, versions) or _error_of_show(show)
        if error:
            return cls(typed=typed, errors=[error])
        other = next(one.edition for one in versions if one.edition.number == int(given[0]))
        return cls(typed=typed, other=other, is_all=bool(show))


def _error(given: list[str], number: int, versions: list[Version]) -> str:
    wanted = given[0].strip()
    if len(given) > 1:
        return _("An edition can be compared with one other only.")
    if not _NUMBER.fullmatch(wanted):
        return _("Editions are numbered from 1: write a number.")
    if wanted == str(number):
        return _("This is edition %(number)s itself: choose another one.") % {"number": number}
    known = {str(version.edition.number): version for version in versions}
    if wanted not in known:
        newest = versions[0].edition.number
        told = {"number": wanted[:_SHOWN], "newest": newest}
        return _("There is no public edition %(number)s; the newest is %(newest)s.") % told
    if known[str(number)].is_withdrawal or known[wanted].is_withdrawal:
        return _("One of the two says only that the record was withdrawn.")
    if known[wanted].edition.redacted_at:
        return _("The text of edition %(number)s was taken out.") % {"number": wanted}
    return ""


def _error_of_show(show: list[str]) -> str:
    if show in ([], [ComparisonQuery.ALL]):
        return ""
    return _("“show” is either left out or “all”.")


@dataclass(frozen=True)
class Comparison:
    """`older` and `newer` are the editions; `same` is how many fields do not differ."""

    older: Edition
    newer: Edition
    rows: list[Difference]
    same: int
    different: int

    @classmethod
    def of(
        cls,
        editions: list[Edition],
        records: Mapping[int, Said],
        names: Names,
        is_all: bool,
    ) -> "Comparison":
        older, newer = sorted(editions, key=lambda edition: edition.number)
        before, after = records[older.number], records[newer.number]
        # `ComparisonQuery` takes no withdrawal.
        assert isinstance(before, InitiativeRecord)
        assert isinstance(after, InitiativeRecord)
        found = differences(before, after, names, same=True)
        changed = [one for one in found if one.mark is not Mark.SAME]
        rows = found if is_all else changed
        return cls(older, newer, rows, len(found) - len(changed), len(changed))
