"""Doing something on a day of the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Inside, it is `instant` for all that asks Django for the time, also by defaults."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return instant.astimezone(tz)

    # `django.utils.timezone.now` looks there, whoever has imported it by whatever name.
    with patch.object(timezone, "datetime", Stopped):
        yield
