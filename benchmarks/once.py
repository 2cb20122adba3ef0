"""What takes long enough to be measured once."""

import time
from collections.abc import Callable

from django.db import connection


def result(name: str, rows: int, act: Callable[[], object]) -> dict:
    """How long `act` takes for so many `rows`, as a measurement of one run."""
    start, cpu = time.perf_counter(), time.process_time()
    act()
    took = round((time.perf_counter() - start) * 1000, 3)
    of_processors = round((time.process_time() - cpu) * 1000, 3)
    times = {"median_ms": took, "p95_ms": took, "cpu_ms": of_processors}
    return {"name": name, "database": connection.vendor, "rows": rows, **times, "queries": 0}
