"""What is counted where it happens, by all workers of a server together.

Each process writes to a file of its own in PROMETHEUS_MULTIPROC_DIR, and whichever is asked adds
them up. Where the variable is not set, the process that loads the site first makes such a folder,
which goes with it: a server loads the site before it forks its workers.
"""

import atexit
import os
import shutil
import tempfile
from typing import Any

from django.contrib.auth.signals import user_login_failed

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def _folder() -> str:
    maker = os.getpid()
    made = tempfile.mkdtemp(prefix="tracker-metrics-")

    def remove() -> None:
        if os.getpid() == maker:
            shutil.rmtree(made, ignore_errors=True)

    atexit.register(remove)
    return made


if not os.environ.get(VARIABLE):
    os.environ[VARIABLE] = _folder()

# How it counts is settled when it is imported.
from prometheus_client import Counter, Histogram  # noqa: E402

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("tracker_requests", "Requests by view and status.", ["view", "status"])
DURATIONS = Histogram(
    "tracker_request_seconds", "Until an answer began, by view.", ["view"], buckets=SECONDS
)
FAILED_LOGINS = Counter("tracker_failed_logins", "Sign-ins that were refused.")
MAILS = Counter("tracker_mails", "Mails by what became of them.", ["result"])


def _count_failed_login(sender: Any, **kwargs: Any) -> None:
    FAILED_LOGINS.inc()


user_login_failed.connect(_count_failed_login)
