"""Which backups stay: the newest of so many days, weeks and months that have one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from initiatives.backups.errors import told
from initiatives.backups.names import of_this_site


@dataclass(frozen=True)
class Keep:
    """Numbers of days, of weeks that begin on Monday and of months, all in UTC."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


def delete_old(folder: Path, keep: Keep, *, new: Path) -> list[Path]:
    """Delete backups of this site that are kept no longer, never `new`. Gives those deleted."""
    with told():
        there = of_this_site(folder)
        stay = kept(there.values(), keep)
        old = sorted(path for path, at in there.items() if at not in stay and path != new)
        for path in old:
            path.unlink(missing_ok=True)
    return old


def kept(moments: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Those of `moments` that stay."""
    newest_first = sorted(moments, reverse=True)
    periods: list[tuple[Callable[[datetime], object], int]] = [
        (lambda at: at.date(), keep.daily),
        (lambda at: at.isocalendar()[:2], keep.weekly),
        (lambda at: (at.year, at.month), keep.monthly),
    ]
    return {at for period, number in periods for at in _newest_of(newest_first, period, number)}


def _newest_of(
    newest_first: list[datetime], period: Callable[[datetime], object], number: int
) -> list[datetime]:
    newest: dict[object, datetime] = {}
    for at in newest_first:
        newest.setdefault(period(at), at)
    return list(newest.values())[:number]
