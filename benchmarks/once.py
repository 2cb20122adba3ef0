"""What takes long enough to be measured once."""

import time
from collections.abc import Callable

from django.db import connection


def result(name: str, rows: int, act: Callable[[], object]) -> dict:
    """How long `act` takes for so many `rows`, as a measurement of one run."""
    start = time.perf_counter()
    act()
    took = round((time.perf_counter() - start) * 1000, 3)
    times = {"median_ms": took, "p95_ms": took}
    return {"name": name, "database": connection.vendor, "rows": rows, **times, "queries": 0}
