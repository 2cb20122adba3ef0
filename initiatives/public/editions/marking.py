"""Which words of a text are new, and which are gone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST = 1500  # words and signs; the time rises with the product of both texts
_ALIKE = 0.3  # of texts that have less in common single words mean nothing


@dataclass(frozen=True)
class Piece:
    text: str
    is_changed: bool


@dataclass(frozen=True)
class Marked:
    """A text in pieces, of which some do not stand in the other one; `mark` is `del` or `ins`."""

    pieces: tuple[Piece, ...]
    mark: str

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def marked(before: str, after: str) -> tuple[Marked, Marked]:
    """Both texts with their differences. Together the pieces of each are the text itself."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    blocks = []
    if max(len(old), len(new)) <= _LONGEST:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if matcher.ratio() >= _ALIKE:
            blocks = [one for one in matcher.get_matching_blocks() if _says(old, one)]
    kept_old = {n for one in blocks for n in range(one.a, one.a + one.size)}
    kept_new = {n for one in blocks for n in range(one.b, one.b + one.size)}
    return Marked(_pieces(old, kept_old), "del"), Marked(_pieces(new, kept_new), "ins")


def _says(tokens: Sequence[str], block: Any) -> bool:
    """Spaces and signs that two texts share do not part what was changed around them."""
    return any(token.isalnum() for token in tokens[block.a : block.a + block.size])


def _pieces(tokens: list[str], kept: set[Any]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for number, token in enumerate(tokens):
        is_changed = number not in kept
        if found and found[-1].is_changed == is_changed:
            found[-1] = Piece(found[-1].text + token, is_changed)
        else:
            found.append(Piece(token, is_changed))
    return tuple(found)
