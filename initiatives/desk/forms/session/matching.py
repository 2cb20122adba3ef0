"""Which record a point of a protocol speaks of: by code, by title, by words, in any script."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from modeltranslation.utils import get_language, resolution_order

from initiatives.choices import PARTY_ROLES, DeskRole, Language
from initiatives.models import Country, Initiative, InitiativeCountry
from initiatives.rights import Rights
from initiatives.text import folding
from initiatives.text.titles import title_key, title_keys

MOST = 6  # candidates that a row offers
_MOST_WORDS = 8  # of a title that is looked for
_TOGETHER = 20  # rows in one query
_LONGEST = 250  # characters of a text that is looked for; no title has more
_POOL = 3000  # records of the sides whose titles are compared with a decision
_STEM = 5  # letters by which words of four inflecting languages are compared
_ENOUGH = 0.6  # of the weight of a title must stand in the decision
_TITLES = [f"title_{language}" for language in Language.values]


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant. `exact` says that its code or its whole title was given."""

    pk: int
    code: str
    title: str
    exact: bool = False

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Records:
    """The records that the officer may see, asked for all rows of a page together."""

    def __init__(self, rights: Rights) -> None:
        self.rows = rights.initiatives(DeskRole.VIEWER)

    def chosen(self, keys: Iterable[int]) -> dict[int, Initiative]:
        """The records with these keys; one query."""
        wanted = set(keys)
        return self.rows.in_bulk(wanted) if wanted else {}

    def for_texts(self, texts: Iterable[str]) -> dict[str, list[Candidate]]:
        """For each text the records whose code it is, or that have all its words."""
        wanted = list(dict.fromkeys(filter(_may_be_sought, texts)))
        found: dict[str, list[Candidate]] = {}
        for start in range(0, len(wanted), _TOGETHER):
            found |= self._searched(wanted[start : start + _TOGETHER])
        return found

    def _searched(self, texts: list[str]) -> dict[str, list[Candidate]]:
        words = {text: folding.words(text, _MOST_WORDS) for text in texts}
        parts = [self._hits(text, own) for text, own in words.items() if own]
        if not parts:
            return {text: [] for text in texts}
        rows = self.rows.filter(reduce(or_, parts)).order_by("code")
        known = list(rows.values_list("pk", "code", "search_text", *_TITLES))
        return {text: _ranked(text, own, known) for text, own in words.items()}

    def _hits(self, text: str, words: list[str]) -> Q:
        """So few rows that a word which all records have crowds out no other text."""
        having = Q(*(Q(search_text__contains=word) for word in words))
        first = self.rows.filter(having).order_by("code").values("pk")[: MOST * 5]
        titles = [Q(**{f"{name}__iexact": text.strip()}) for name in _TITLES]
        named = self.rows.filter(reduce(or_, titles)).order_by("code").values("pk")[:MOST]
        return Q(pk__in=first) | Q(pk__in=named)

    def of_sides(self, sides: list[Country]) -> "Vocabulary":
        """The titles of the records that the sides take part in together; one query."""
        rows = self.rows
        for side in sides:
            links = InitiativeCountry.objects.filter(country=side, role__in=PARTY_ROLES)
            rows = rows.filter(pk__in=links.values("initiative"))
        if not sides:
            rows = rows.none()
        return Vocabulary(rows.order_by("-pk").values_list("pk", "code", *_TITLES)[:_POOL])


def _may_be_sought(text: str) -> bool:
    """SQLite fails on patterns of 50,000 characters, PostgreSQL on NUL; their form refuses both."""
    return bool(text.strip()) and len(text) <= _LONGEST and "\0" not in text


def _ranked(text: str, words: list[str], known: Any) -> list[Candidate]:
    """The records among `known` that have all `words`, those of exactly this name first."""
    key, code = title_key(text), folding.fold(text)
    found = []
    for pk, its_code, searched, *titles in known:
        exact = folding.fold(its_code) == code or key in title_keys(titles)
        if exact or (words and all(word in searched for word in words)):
            found.append(Candidate(pk, its_code, _spoken(titles), exact))
    found.sort(key=lambda one: not one.exact)
    return found[:MOST]


def _spoken(titles: Iterable[str | None]) -> str:
    """Of the titles in `Language` the one in the officer's, or in the next that has one."""
    by_language = dict(zip(Language.values, titles, strict=True))
    wanted = (by_language[language] for language in resolution_order(get_language()))
    return next(filter(None, wanted), "")


class Vocabulary:
    """Titles whose words are looked for in decisions. A rare word says more than a common one."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._stems: dict[Candidate, list[set[str]]] = {}
        counts: Counter[str] = Counter()
        for pk, code, *titles in rows:
            given = list(filter(None, titles))
            stems = [_stems(title) for title in given]
            self._stems[Candidate(pk, code, _spoken(titles))] = stems
            for stem in set().union(*stems):
                counts[stem] += 1
        self._counts = counts

    def near(self, decision: str) -> list[tuple[Candidate, bool]]:
        """The records that a decision may speak of, the nearest first, and whether it is clear.

        Clear is one that has most words of its title there, and no other as many.
        """
        own = _stems(decision)
        scored = []
        for candidate, titles in self._stems.items():
            share, hits = max((self._share(stems, own) for stems in titles), default=(0.0, 0))
            if hits >= 2 and share > _ENOUGH / 2:
                scored.append((share, hits, candidate))
        scored.sort(key=lambda one: (-one[0], -one[1], one[2].code))
        first = scored[:MOST]
        clear = bool(first) and first[0][0] >= _ENOUGH
        clear = clear and (len(first) == 1 or first[1][0] < first[0][0])
        return [(one, clear and place == 0) for place, (_s, _h, one) in enumerate(first)]

    def _share(self, stems: set[str], own: set[str]) -> tuple[float, int]:
        common = stems & own
        total = sum(1 / self._counts[stem] for stem in stems)
        return (sum(1 / self._counts[stem] for stem in common) / total if total else 0.0), len(
            common
        )


def _stems(text: str) -> set[str]:
    words = folding.fold(text).split()
    return {word[:_STEM] for word in words if len(word) >= 4}
