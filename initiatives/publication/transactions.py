"""One edition for all that one transaction changed in a public record."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from initiatives.choices import EditionCause
from initiatives.models import Change
from initiatives.publication import desk_rows
from initiatives.publication.affected import Affected
from initiatives.publication.issuing import issue_affected

_affected: ContextVar[Affected | None] = ContextVar("affected", default=None)


@contextmanager
def publishing(cause: str = EditionCause.EDIT) -> Iterator[None]:
    """Atomic. At the end of the outermost one the editions of what changed are written, and what
    the desk asks of it.

    Also a decorator. What is written inside of another one belongs to that one and to its cause,
    unless that one knows no better than that something was edited.
    """
    outer = _affected.get()
    if outer is not None:
        outer.told(cause)
        with transaction.atomic():
            yield
        return
    affected = Affected(cause)
    token = _affected.set(affected)
    try:
        with transaction.atomic():
            yield
            desk_rows.follow_changes(affected)
            issue_affected(affected)
    finally:
        _affected.reset(token)


def is_publishing() -> bool:
    """Whether what runs is inside of `publishing`."""
    return _affected.get() is not None


def changed(*changes: Change) -> None:
    """Note what recorded `changes` may have changed for the public; inside of `publishing`."""
    affected = _affected.get()
    if affected is None:
        raise RuntimeError("A change is recorded outside of publishing().")
    affected.note(changes)
