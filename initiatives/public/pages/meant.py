"""What a search without hits may have meant, and the first rows of what that finds.

The list itself stays empty, as its files, its feed and its count are: what is shown instead stands
under a line that says so.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from pyroaring import BitMap

from initiatives.as_of import as_published
from initiatives.editions.search import suggestions
from initiatives.http.address import Address
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.selections import found_by
from initiatives.text.plain_text import clean

SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Meant:
    """A text that finds something under the same other filters, and the list of that."""

    text: str
    address: Address


@dataclass(frozen=True, kw_only=True)
class Instead:
    """The first of `total` initiatives that `meant` finds, where nothing has what was `asked`."""

    asked: str
    meant: Meant
    total: int
    initiatives: list[Any]


def meant(
    filterset: InitiativeFilterSet, address: Address, left: BitMap | None
) -> tuple[list[Meant], Instead | None]:
    """The most alike first; `left` are the rows that the other filters leave."""
    texts = filterset.understood("q")
    if not left or filterset.errors:
        return [], None
    language, at = get_language(), filterset.known_at
    found = [
        Meant(text=near, address=address.with_value("q", near))
        for text in texts
        for near in suggestions(text, language=language, at=at, among=left)
    ]
    return found, _instead(filterset, found[0]) if found else None


def _instead(asked: InitiativeFilterSet, near: Meant) -> Instead:
    state: dict[str, list[str] | str] = {name: asked.chosen(name) for name in asked.form.fields}
    filterset = InitiativeFilterSet(state | {"q": [near.text]})
    with found_by(filterset) as found:
        total = found.total
        codes = found.keys(filterset.order, 0, SHOWN, language=get_language())
    return Instead(
        asked=clean(" ".join(asked.chosen("q"))),
        meant=near,
        total=total,
        initiatives=as_published(codes, on=filterset.known_on),
    )
