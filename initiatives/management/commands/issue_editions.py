"""Bring the public register up to what the working rows say."""

from typing import Any

from django.core.management.base import BaseCommand

from initiatives.management.progress import ProgressLine
from initiatives.publication import issue_missing


class Command(BaseCommand):
    help = (
        "Write the editions of all that is public and has none that says so, and what the desk "
        "asks of all records. Actions, loaddata and "
        "make run do it by themselves; this is for rows that came by SQL."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with ProgressLine(self.stderr, "looked at") as progress:
            number = issue_missing(progress.reached)
        self.stdout.write(f"{number} editions written")
