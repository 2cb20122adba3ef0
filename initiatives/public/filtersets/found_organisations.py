"""From the parameters of the index of organisations to the organisations in their order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from initiatives.editions import lists
from initiatives.editions.index import index
from initiatives.editions.index.organisations import All, Organisations
from initiatives.editions.index.titles import reading_order
from initiatives.editions.search import organisations_named
from initiatives.public.filtersets.organisations import OrganisationFilterSet
from initiatives.text.alphabets import name_in_alphabet

_USUAL = "USD"  # compared in where nobody pays in any currency


@dataclass(frozen=True)
class Found:
    """The slugs in their order. `organisations` answers what they pay, get and take part in;
    `compared_in` is a currency, in which the first `paying` of them pay; all of them, where the
    order is another one."""

    slugs: list[str]
    organisations: Organisations
    compared_in: str
    paying: int


@contextmanager
def organisations_found(filterset: OrganisationFilterSet, language: str | None) -> Iterator[Found]:
    """What a bound filterset finds in the register as it is now; nothing where it has errors.

    Inside nobody else reads the index in this process, so take out figures and slugs only.
    """
    wanted = None if filterset.errors else _wanted(filterset)
    names = _by_name(language) if filterset.order == "name" else None
    with index.reading() as reading:
        organisations = Organisations(reading)
        known = organisations.all()
        compared_in = filterset.compared_in or _most_paid_in(organisations)
        places = np.flatnonzero(_is_found(filterset, known, wanted))
        paying = len(places)
        if names is not None:
            # One that was entered since the names were read comes last.
            of_name = (names.get(known.slugs[place], len(names)) for place in places.tolist())
            places = places[np.argsort(np.fromiter(of_name, np.int64, paying), kind="stable")]
        elif filterset.order == "paid":
            places, paying = _by_paid(organisations, places, compared_in)
        else:
            places = _by_initiatives(known, places)
        slugs = [known.slugs[place] for place in places]
        yield Found(slugs, organisations, compared_in, paying)


def _wanted(filterset: OrganisationFilterSet) -> set[str] | None:
    """The slugs of all that have such a name, kind and country, public or not; None for any."""
    texts, kinds, countries = map(filterset.understood, ("q", "kind", "country"))
    found = [organisations_named(texts)] if texts else []
    if kinds or countries:
        found.append(lists.organisations_of(kinds, countries))
    return set.intersection(*found) if found else None


def _is_found(filterset: OrganisationFilterSet, known: All, wanted: set[str] | None) -> np.ndarray:
    if filterset.errors:
        return np.zeros(len(known.slugs), np.bool_)
    found = np.ones(len(known.slugs), np.bool_)
    if wanted is not None:
        found = np.fromiter((slug in wanted for slug in known.slugs), np.bool_, len(known.slugs))
    if does := filterset.understood("does"):
        found &= np.logical_or.reduce([known.does[name] for name in does])
    return found


def _by_initiatives(known: All, places: np.ndarray) -> np.ndarray:
    return places[np.argsort(-known.initiatives[places], kind="stable")]


def _by_paid(
    organisations: Organisations, places: np.ndarray, currency: str
) -> tuple[np.ndarray, int]:
    """Those that do not pay in the currency come after those that do, most initiatives first."""
    paid = organisations.paid(currency)
    first, others = places[paid.is_any[places]], places[~paid.is_any[places]]
    first = first[np.argsort(paid.rank[first])]
    return np.concatenate((first, _by_initiatives(organisations.all(), others))), len(first)


def _by_name(language: str | None) -> dict[str, int]:
    """By slug the place of each organisation in the reader's alphabet."""
    names = lists.names_of_organisations(reading_order(language))
    ordered = sorted((name_in_alphabet(name, language), slug) for slug, name in names.items())
    return {slug: place for place, (_name, slug) in enumerate(ordered)}


def _most_paid_in(organisations: Organisations) -> str:
    """The currency of most lines of money that an organisation pays."""
    lines = organisations.currencies()
    return min(lines, key=lambda code: (-lines[code], code), default=_USUAL)
