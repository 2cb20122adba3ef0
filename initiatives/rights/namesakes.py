"""Records that have the same title as another one, in whatever language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from initiatives.choices import DeskRole, Language
from initiatives.rights import Rights
from initiatives.text.titles import title_keys

TITLES = [f"title_{language}" for language in Language.values]
_TOGETHER = 2000


@dataclass(frozen=True)
class Named:
    """A stored record with the keys of its titles; `title` is the first of them."""

    key: int
    code: str
    title: str
    keys: frozenset[str]


def named_records(rights: Rights) -> Iterator[Named]:
    """All records that the officer may see, in one query and memory that does not grow."""
    rows = rights.initiatives(DeskRole.VIEWER).order_by("code")
    for key, code, *titles in rows.values_list("pk", "code", *TITLES).iterator(_TOGETHER):
        title = next(filter(None, titles), "")
        yield Named(key, code, title, frozenset(title_keys(titles)))


def namesakes(titles: Iterable[str | None], rights: Rights) -> list[Named]:
    """The stored records, among those that the officer may see, that have one of `titles`."""
    wanted = title_keys(titles)
    if not wanted:
        return []
    return [one for one in named_records(rights) if not wanted.isdisjoint(one.keys)]
