"""The headers that people write: the columns' names in the four languages.

Files of ours have stable English names. These are for tables that people make themselves; case,
spaces and signs do not matter.
"""

from functools import cache

from django.utils import translation

from initiatives.choices import Language
from initiatives.exchange.columns import READABLE, Column
from initiatives.text.folding import fold


@cache
def stable() -> dict[str, str]:
    """The column of each folded stable name."""
    return {fold(name): name for name in READABLE}


@cache
def labelled(language: str) -> dict[str, str]:
    """The column of each folded label in `language`."""
    spoken = dict(Language.choices)
    with translation.override(language):
        found = {fold(str(column)): name for name, column in READABLE.items()}
        for name, column in _translated().items():
            found[fold(f"{column.label} ({spoken[column.language]})")] = name
    return found


@cache
def without_language(language: str) -> dict[str, str]:
    """The column of each folded label in `language` that does not say of which language it is:
    most likely of the same. It is only a guess."""
    with translation.override(language):
        return {
            fold(str(column.label)): name
            for name, column in _translated().items()
            if column.language == language
        }


def _translated() -> dict[str, Column]:
    """The columns of which there is one in each language: “title (ru)” or “title (Russian)”."""
    return {name: column for name, column in READABLE.items() if column.language}
