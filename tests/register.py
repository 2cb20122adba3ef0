"""Editions of rows that the factories made, as if they had been published at an instant."""

import time_machine
from django.db import transaction
from django.utils import timezone

from initiatives.choices import EditionCause
from initiatives.publication import issue_missing
from initiatives.publication.issuing import issue


def known_since(instant=None, *codes):
    """Write the editions that are missing, all or those of the initiatives `codes`, as they would
    have been written at `instant`."""
    with time_machine.travel(instant or timezone.now(), tick=False), transaction.atomic():
        if codes:
            issue(codes, (), cause=EditionCause.FIRST)
        else:
            issue_missing()
