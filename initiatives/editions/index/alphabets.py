"""The order of texts in a reader's alphabet, as far as the database knows it.

PostgreSQL knows it if it was built with ICU, as distributions do; there Kazakh ә follows а. SQLite
compares code points, and so does PostgreSQL without ICU.
"""

from collections.abc import Callable, Sequence
from functools import cache
from string import ascii_lowercase, ascii_uppercase

import numpy as np
from django.conf import settings
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from initiatives.models import Edition

# From texts to numbers that rise with them; equal ones are the same text to the alphabet.
Alphabet = Callable[[Sequence[str]], np.ndarray]
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)  # as LOWER() of SQLite and of "C"


def reading_order(language: str | None) -> tuple[str, ...]:
    """The languages in which a text is shown to a reader of `language`, the best one first."""
    fallbacks = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    reader = language or settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    return tuple(dict.fromkeys((reader, *fallbacks.get(reader, fallbacks["default"]))))


def collation_of(language: str | None) -> str:
    """The collation of PostgreSQL for a language; “C” compares code points."""
    name = f"{language or 'en'}-x-icu"
    return name if name in _collations() else "C"


def alphabet_name(language: str | None) -> str:
    """Languages for which this is the same have one alphabet in the database."""
    return collation_of(language) if _database().vendor == "postgresql" else "C"


def alphabet_of(name: str) -> Alphabet:
    """The alphabet of an `alphabet_name`."""
    return _by_letters if name == "C" else lambda texts: _by_collation(texts, name)


def by_code_points(texts: Sequence[str]) -> np.ndarray:
    places = {text: place for place, text in enumerate(sorted(set(texts)))}
    return np.fromiter((places[text] for text in texts), np.int64, len(texts))


def _by_letters(texts: Sequence[str]) -> np.ndarray:
    return by_code_points([text.translate(_SMALL) for text in texts])


def _by_collation(texts: Sequence[str], name: str) -> np.ndarray:
    order = f'lower(text COLLATE "{name}")'
    with _database().cursor() as cursor:
        cursor.execute(
            f"SELECT dense_rank() OVER (ORDER BY {order})"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS given(text, place) ORDER BY place",
            [list(texts)],
        )
        return np.fromiter((rank for (rank,) in cursor.fetchall()), np.int64, len(texts))


@cache
def _collations() -> frozenset[str]:
    """The collations of the languages of the site that this PostgreSQL has."""
    names = [f"{code}-x-icu" for code, _name in settings.LANGUAGES]
    with _database().cursor() as cursor:
        cursor.execute("SELECT collname FROM pg_collation WHERE collname = ANY(%s)", [names])
        return frozenset(name for (name,) in cursor.fetchall())


def _database() -> BaseDatabaseWrapper:
    """That which the register is read from."""
    return connections[router.db_for_read(Edition)]
