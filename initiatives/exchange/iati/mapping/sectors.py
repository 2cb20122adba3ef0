"""Sectors of an activity: those of OECD DAC where it has them, else those of its publisher.

A code is never put into the sector of another one: its own sector is found by the code, or made
with the name of the official list. Codes of the other vocabularies are kept as they came.
"""

from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.exchange.cells import join
from initiatives.exchange.iati.codes import SECTOR_NOT_SPECIFIED, names
from initiatives.exchange.iati.mapping.amounts import in_hundredths, percent_of
from initiatives.exchange.iati.mapping.classifications import Classifications
from initiatives.exchange.iati.mapping.known import Known, free
from initiatives.exchange.iati.mapping.mapped import NewSector
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.words import MAIN, line
from initiatives.exchange.iati.reading import Activity, Code, Share
from initiatives.fields.typed import field_of
from initiatives.models import Classification, Sector

SECTOR = "sector"
_DAC, _DAC_CATEGORY, _OWN = "1", "2", "99"
_LISTS = {_DAC: "Sector", _DAC_CATEGORY: "SectorCategory"}
_LONGEST_NAME = field_of(Sector, "name").max_length or 0
_LONGEST = {
    name: field_of(Classification, name).max_length or 0
    for name in ("code", "vocabulary", "vocabulary_uri", "share")
}


class Sectors:
    """Finds the sectors that one activity names, and plans those that are not stored."""

    def __init__(self, known: Known, notes: Notes) -> None:
        self._known, self._notes = known, notes
        self.used: dict[str, NewSector] = {}
        self.stored = known.stored_sectors

    def slug(self, share: Share) -> str | None:
        listed = share.vocabulary in _LISTS
        slug = self._of_list(share) if listed else self._of_publisher(share)
        if slug and (SECTOR, slug) in self._known.planned:
            self.used[slug] = self._known.planned[SECTOR, slug]
        return slug

    def _of_list(self, share: Share) -> str | None:
        """The sector with this code, or a new one with the official name of the code."""
        stored = self._known.sectors.get(share.code)
        name = names(_LISTS[share.vocabulary]).get(share.code)
        share.names.use(*(code for code, text in share.names.items() if text == name))
        if stored or name is None or share.code == SECTOR_NOT_SPECIFIED:
            return stored
        return self._plan(share.code, {MAIN: name}, mark=share.code)

    def _of_publisher(self, share: Share) -> str | None:
        if share.code in self._known.sector_slugs:
            return share.code
        told = line({code: text for code, text in share.names.items() if code in Language.values})
        if not told or any(len(text) > _LONGEST_NAME for text in told.values()):
            return None
        share.names.use(*told)
        called = next(iter(told.values())).casefold()
        slug = self._known.sector_names.get(called)
        return slug or self._plan("", told, mark=slugify(share.code)[:20])

    def _plan(self, code: str, told: dict[str, str], *, mark: str) -> str:
        called = next(iter(told.values()))
        slug = free(slugify(called), self._known.sector_slugs, 60, SECTOR, mark=mark)
        if code:
            self._known.sectors[code] = slug
        else:
            self._known.sector_names.setdefault(called.casefold(), slug)
        self._known.planned[SECTOR, slug] = NewSector(slug, code, told)
        return slug


def cells(
    activity: Activity, find: Sectors, codes: Classifications, notes: Notes
) -> dict[str, str]:
    """The sectors of one vocabulary; `codes` gets those of the others."""
    shares = list(activity.sectors) or _of_transactions(activity, notes)
    taken = _vocabulary(shares, find)
    found: dict[str, list[tuple[Share, Decimal | None]]] = {}
    for share in shares:
        slug = find.slug(share) if share.vocabulary == taken else None
        if slug is None:
            _keep(share, codes, notes)
            continue
        found.setdefault(slug, []).append((share, _percent(share, notes)))
        if share.vocabulary == _OWN and share.code != slug:
            _keep(share, codes, notes)
    _tell_folded(found, notes)
    return _cells(found, notes)


def _of_transactions(activity: Activity, notes: Notes) -> list[Share]:
    """Each code once; how the money parts among them is not known."""
    shares = [one for x in activity.transactions for one in x.sectors]
    found = {(one.vocabulary, one.code): one for one in reversed(shares)}
    for one in reversed(found.values()):
        told = f"{one.vocabulary}:{one.code}"
        notes.add(_("Sectors of the transactions, entered for the whole:"), told)
    return [
        Share(one.code, "", one.vocabulary, one.names, one.vocabulary_uri)
        for one in reversed(found.values())
    ]


def _vocabulary(shares: list[Share], find: Sectors) -> str:
    """The one that is taken: ours if all its codes are short names of ours, else DAC's."""
    codes = {kind: [x.code for x in shares if x.vocabulary == kind] for kind in ("1", "2", "99")}
    if codes[_OWN] and set(codes[_OWN]) <= find.stored:
        return _OWN
    return next((kind for kind, found in codes.items() if found), "")


def _percent(share: Share, notes: Notes) -> Decimal | None:
    percent = percent_of(share.percentage, notes) if share.percentage else None
    if percent is None and share.percentage:
        share.leave_percentage()
    return percent


def _keep(share: Share, codes: Classifications, notes: Notes) -> None:
    """As a code; one that is in no official list, or too long to be kept, is left and told."""
    official = _LISTS.get(share.vocabulary)
    values: dict[str, Any] = {
        "code": share.code,
        "vocabulary": share.vocabulary,
        "vocabulary_uri": share.vocabulary_uri,
        "share": share.percentage,
    }
    if not share.code or any(len(text) > _LONGEST[name] for name, text in values.items()):
        share.leave()
    elif official and share.code not in names(official):
        told = f"{share.vocabulary}:{share.code}"
        notes.add(_("Codes that are not in the list of sectors:"), told)
        share.leave()
    else:
        codes.add(Code(SECTOR, names=share.names, **values))


def _tell_folded(found: dict[str, list], notes: Notes) -> None:
    for slug, parts in found.items():
        if len(parts) > 1:
            told = f"{', '.join(share.code for share, _percent in parts)} → {slug}"
            notes.add(_("Several codes are entered as one sector:"), told)


def _cells(found: dict[str, list], notes: Notes) -> dict[str, str]:
    given = {
        slug: sum((percent for _share, percent in parts), Decimal(0))
        for slug, parts in found.items()
        if all(percent is not None for _share, percent in parts)
    }
    if any(percent > 100 for percent in given.values()):
        notes.add(_("Shares above 100 together, left out:"), ", ".join(map(str, given.values())))
        given = {}
    percents = in_hundredths(given, notes)
    main = max(found, key=lambda slug: percents.get(slug, 0), default="")
    ordered = sorted(found, key=lambda slug: slug != main)
    return {
        "sectors": join(ordered),
        "main_sector": main,
        "sectors_percents": join(str(percents.get(slug, "")) for slug in ordered),
    }
