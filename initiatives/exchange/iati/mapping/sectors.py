"""Sectors of an activity: those of OECD DAC where it has them, else those of its publisher."""

from collections import defaultdict
from decimal import Decimal

from django.utils.text import slugify

from initiatives.exchange.cells import join
from initiatives.exchange.iati.codes import SECTOR_NOT_SPECIFIED, names
from initiatives.exchange.iati.mapping.known import Known, free
from initiatives.exchange.iati.mapping.mapped import NewSector
from initiatives.exchange.iati.mapping.words import line, ours_or_any
from initiatives.exchange.iati.reading import Activity, Share
from initiatives.notation import PERCENT, NotRead, read_number

_DAC, _DAC_CATEGORY, _OWN = "1", "2", "99"
_ALL, _CENT = Decimal(100), Decimal("0.01")


class Sectors:
    """Finds the sectors that one activity names, and plans those that are not stored."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.used: dict[str, NewSector] = {}

    def slug(self, share: Share) -> str | None:
        finders = {_DAC: self._of_dac, _DAC_CATEGORY: self._of_category, _OWN: self._of_publisher}
        slug = finders[share.vocabulary](share)
        if slug and ("sector", slug) in self._known.planned:
            self.used[slug] = self._known.planned["sector", slug]
        return slug

    def _of_dac(self, share: Share) -> str | None:
        """The sector with this code, else one of its category, else a new one."""
        stored = self._known.sectors.get(share.code) or self._near(share.code[:3])
        if stored or share.code not in names("Sector") or share.code == SECTOR_NOT_SPECIFIED:
            return stored
        return self._plan(share.code, {"en": names("Sector")[share.code]})

    def _of_category(self, share: Share) -> str | None:
        name = names("SectorCategory").get(share.code)
        stored = self._near(share.code) or self._known.sector_names.get((name or "").casefold())
        return stored or (self._plan("", {"en": name}) if name else None)

    def _of_publisher(self, share: Share) -> str | None:
        if share.code in self._known.sector_slugs:
            return share.code
        told = line(ours_or_any(share.names), 120)
        called = next(iter(told.values()), "").casefold()
        return self._known.sector_names.get(called) or (self._plan("", told) if told else None)

    def _near(self, category: str) -> str | None:
        found = (slug for code, slug in self._known.sectors.items() if code[:3] == category)
        return next(found, None) if len(category) == 3 else None

    def _plan(self, code: str, told: dict[str, str]) -> str:
        told = line(told, 120)
        called = next(iter(told.values()))
        slug = free(slugify(called), self._known.sector_slugs, 60, "sector")
        self._known.sector_names.setdefault(called.casefold(), slug)
        if code:
            self._known.sectors[code] = slug
        self._known.planned["sector", slug] = NewSector(slug, code, told)
        return slug


def cells(activity: Activity, find: Sectors, own_slugs: set[str], unmapped) -> dict[str, str]:
    """`unmapped` counts the sectors of the vocabularies that are not taken."""
    shares = activity.sectors or [one for x in activity.transactions for one in x.sectors]
    taken = _vocabulary(shares, own_slugs)
    percents: dict[str, list] = defaultdict(list)
    for share in shares:
        slug = find.slug(share) if share.vocabulary == taken else None
        if slug:
            percents[slug].append(_percent(share.percentage))
        else:
            unmapped[f"sector[@vocabulary='{share.vocabulary}']"] += 1
    whole = _together(percents)
    slugs = list(percents)
    main = max(slugs, key=lambda slug: whole.get(slug, 0), default="")
    ordered = sorted(slugs, key=lambda slug: slug != main)
    return {
        "sectors": join(ordered),
        "main_sector": main,
        "sectors_percents": join(str(whole[slug]) if slug in whole else "" for slug in ordered),
    }


def _vocabulary(shares, own_slugs: set[str]) -> str:
    """The one that is taken: ours if all its codes are short names of ours, else DAC's."""
    codes = {kind: [x.code for x in shares if x.vocabulary == kind] for kind in ("1", "2", "99")}
    if codes[_OWN] and set(codes[_OWN]) <= own_slugs:
        return _OWN
    return next((kind for kind, found in codes.items() if found), "")


def _percent(text: str) -> Decimal | None:
    try:
        return read_number(text, PERCENT, point=True).value
    except NotRead:
        return None


def _together(percents: dict[str, list]) -> dict[str, Decimal]:
    """100 in all after rounding; nothing where a share is not told, or they give something else."""
    if any(None in parts for parts in percents.values()):
        return {}
    whole = {slug: sum(parts) for slug, parts in percents.items()}
    rest = _ALL - sum(whole.values())
    if not whole or abs(rest) > 1:
        return {}
    largest = max(whole, key=whole.get)
    return whole | {largest: whole[largest] + rest}
