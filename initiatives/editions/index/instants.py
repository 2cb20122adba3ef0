"""Instants as numbers: microseconds since 1970, which a comparison of arrays can read."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // _UNIT


def instant_of(microseconds: int) -> datetime:
    """In UTC."""
    return _EPOCH + microseconds * _UNIT
