"""Editions of rows that the factories made, as if they had been published at an instant."""

import time_machine
from django.utils import timezone

from initiatives.publication import issue_missing


def known_since(instant=None):
    """Write the editions that are missing, as they would have been written at `instant`."""
    with time_machine.travel(instant or timezone.now(), tick=False):
        issue_missing()
