"""New records of a file that may be one: with each other, or with one that is stored."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter

from django.utils.translation import gettext as _

from initiatives.imports.planning.staging import StagedRows
from initiatives.rights import Rights
from initiatives.rights.namesakes import named_records

_SHOWN = 3  # records that a row names
_TITLE = 80  # characters of a title


def note_doubles(staged: StagedRows, rights: Rights) -> None:
    """Say of each new record which other row or record has its title. It is no error: there may be
    two of one name. One query if the file makes any record."""
    if not staged.has_titles():
        return
    stored = _of_stored(_stored(staged, rights))
    same = ((number, _of_row(other, bool(alike))) for number, other, alike in staged.same_titles())
    # Both come in the order of the rows, one by one: all rows of a long file may be doubles.
    for number, found in groupby(merge(same, stored, key=itemgetter(0)), key=itemgetter(0)):
        row = staged.row(number)
        for _number, text in found:
            row.note(text)
        staged.put(row)


def _of_stored(found: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    for number, records in groupby(found, key=itemgetter(0)):
        yield number, _of_records([(code, title) for _number, code, title in records])


def _stored(staged: StagedRows, rights: Rights) -> Iterator[tuple[int, str, str]]:
    known = ((one.keys, one.code, one.title) for one in named_records(rights))
    return staged.titles_among(known, most=_SHOWN + 1)


def _of_row(other: int, is_same: bool) -> str:
    if is_same:
        message = _("Row %d says the same, so one initiative would be made twice. Leave one out.")
    else:
        message = _("Row %d makes an initiative of the same title. Are both one?")
    return message % other


def _of_records(found: list[tuple[str, str]]) -> str:
    named = [f"{code} “{title[:_TITLE]}”" for code, title in found[:_SHOWN]]
    if len(found) > _SHOWN:
        named.append(_("and others"))
    told = {"records": "; ".join(named)}
    message = _("There is an initiative of this title already: %(records)s.")
    cure = _("To change it, give its code or identifier.")
    return f"{message % told} {cure}"
