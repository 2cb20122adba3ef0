"""What became known of the rows of a small register, computed plainly over the decoded bodies."""

from datetime import datetime
from typing import NamedTuple

NEW, STATUS, DATE_MOVED, MONEY, MILESTONE = range(5)


class Known(NamedTuple):
    """In the order of entries; `line` is what the record says."""

    at: datetime
    rank: int
    code: str
    number: int
    is_held: bool
    line: object


def entries(lines, rows, *, since=None, until=None, history=True, organisation=""):
    """The keys of the entries of `rows`, the newest first."""
    found = [entry for row in rows for entry in _known(lines, row)]
    return [
        (entry.at, entry.rank, entry.code, entry.number)
        for entry in sorted(found, key=lambda entry: entry[:4], reverse=True)
        if (since is None or entry.at >= since) and (until is None or entry.at < until)
        if history or not entry.is_held
        if not organisation or entry.rank != MONEY or _is_of(entry.line, organisation)
    ]


def _is_of(line, organisation):
    return organisation in (line.provider, line.receiver)


def _known(lines, row):
    """Walks through all that was public of the key, up to the edition of `row`."""
    told, public_since, is_public, floor = {}, None, False, None
    for line in _held(lines, row):
        if line.record is None:
            is_public = False
            continue
        if public_since is None:
            is_exact = line.since > line.issued_at or _has_earlier(lines, line)
            public_since = line.since if is_exact else "as the record says"
        elif not is_public:
            floor = line.since
        is_public, record = True, line.record
        first = public_since
        if first == "as the record says":
            first = datetime.fromisoformat(record.published_at or record.created_at)
        told = {
            name: _since(told.get(name), recorded, floor, first, name)
            for name, recorded, _line in _told(record)
        }
    yield Known(first, NEW, row.key, 0, False, None)
    for (rank, number, _date), _recorded, part in _told(row.record):
        at = told[rank, number, _date]
        yield Known(at, rank, row.key, number, at <= first, part)


def _held(lines, row):
    """The editions of the key of `row` that held one after the other until that of `row` began."""
    held = []
    for line in lines:
        if line.key == row.key and line.position <= row.position:
            held = [one for one in held if one.since < line.since] + [line]
    return held


def _has_earlier(lines, line):
    return any(one.key == line.key and one.position < line.position for one in lines)


def _since(before, recorded, floor, first, name):
    if before is not None and (floor is not None or name[0] == MILESTONE):
        return before
    return max(recorded, floor or first)


def _told(record):
    """(rank, number and date of a milestone), recorded at, and what says it."""
    for rank, parts in (
        (STATUS, record.history),
        (DATE_MOVED, record.moved_dates),
        (MONEY, record.funding),
    ):
        for part in parts:
            yield (rank, part.number, None), datetime.fromisoformat(part.recorded_at), part
    for part in record.milestones:
        if part.actual:
            at = datetime.fromisoformat(part.updated_at)
            yield (MILESTONE, part.number, part.actual), at, part
