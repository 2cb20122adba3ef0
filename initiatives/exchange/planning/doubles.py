"""New records of a file that may be one: with each other, or with one that is stored."""

from collections import defaultdict
from itertools import groupby
from operator import itemgetter

from django.utils.translation import gettext as _

from initiatives.exchange.planning.spool import Spool
from initiatives.namesakes import named_records
from initiatives.rights import Rights

_SHOWN = 3  # records that a row names
_TITLE = 80  # characters of a title


def note_doubles(spool: Spool, rights: Rights) -> None:
    """Say of each new record which other row or record has its title. It is no error: there may be
    two of one name. One query if the file makes any record."""
    if not spool.has_titles():
        return
    notes: dict[int, list[str]] = defaultdict(list)
    for number, other, is_same in spool.same_titles():
        notes[number].append(_of_row(other, bool(is_same)))
    for number, found in groupby(_stored(spool, rights), key=itemgetter(0)):
        notes[number].append(_of_records([(code, title) for _number, code, title in found]))
    for number, texts in notes.items():
        row = spool.row(number)
        for text in texts:
            row.note(text)
        spool.put(row)


def _stored(spool: Spool, rights: Rights) -> list[tuple[int, str, str]]:
    known = ((one.keys, one.code, one.title) for one in named_records(rights))
    return spool.titles_among(known, most=_SHOWN + 1)


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
    return f"{message % told} {_('To change it, give its code or identifier.')}"
