"""Check that the public register is whole and says what the working rows say."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand

from initiatives.management.progress import ProgressLine
from initiatives.verification import CHECKS, Finding

_SHOWN = 20  # findings of one kind that are named; the others are counted


class Command(BaseCommand):
    help = (
        "Check the chain of editions, that current editions are what the rows give, what a "
        "search finds, cached statuses and histories. Exits 0 where everything holds, 1 where "
        "something is broken."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = sum(self._check(name, check) for name, check in CHECKS.items())
        if broken:
            self.stderr.write(f"{broken} broken")
            raise SystemExit(1)
        self.stdout.write("Everything holds.")

    def _check(self, name: str, check: Callable[..., Iterator[Finding]]) -> int:
        number = 0
        with ProgressLine(self.stderr, f"checked: {name}") as progress:
            for number, finding in enumerate(check(progress.reached), 1):
                if number <= _SHOWN:
                    self.stderr.write(f"{name}: {finding}")
        if number > _SHOWN:
            self.stderr.write(f"{name}: and {number - _SHOWN} more")
        elif not number:
            self.stdout.write(f"{name}: holds")
        return number
