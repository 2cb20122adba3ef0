"""What a queue is made of: sections of items, and what can be done about each item."""

from dataclasses import dataclass, field

MOST_ITEMS = 10  # in a section; its list has them all


@dataclass(frozen=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True)
class Step(Link):
    """The one click that deals with an item; `posts` if it is a button that does it at once."""

    posts: bool = False


@dataclass(frozen=True, kw_only=True)
class Item:
    """One task: the record, what the rules or the people say about it, and what to do.

    `address` is the page of the record, empty where only its key is known. `note` is what another
    officer wrote, `badge` says until when an embargo keeps the record from the public.
    """

    code: str
    title: str
    address: str = ""
    sentences: tuple[str, ...] = ()
    note: str = ""
    badge: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """Tasks of one kind: `count` of them, the most urgent in `items`, all of them in `lists`.

    Where `is_task` is False others have to act, and the officer only waits.
    """

    key: str
    title: str
    explanation: str
    count: int
    items: tuple[Item, ...] = ()
    lists: tuple[Link, ...] = field(default=())
    is_task: bool = True


@dataclass(frozen=True)
class Queue:
    """The sections in which there is something, the most urgent first."""

    sections: tuple[Section, ...] = ()

    @property
    def tasks(self) -> int:
        """How many tasks there are; a record with two flags has two."""
        return sum(section.count for section in self.sections if section.is_task)
