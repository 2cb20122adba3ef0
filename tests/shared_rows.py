"""Rows that cost seconds to make and that all tests of a class look at."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def shared_rows(blocker) -> Iterator[None]:
    """What is written at the beginning is there for each test of the class, and gone afterwards.

    For a fixture of scope “class” that asks for `django_db_setup` and gives `django_db_blocker`.
    What a test does to the rows ends with the test, whose transaction lies in this one.
    """
    with blocker.unblock():
        # As Django marks those of its own tests: what must be outermost may begin inside of it.
        atomic = transaction.atomic()
        atomic._from_testcase = True
        with atomic:
            yield
            transaction.set_rollback(True)
