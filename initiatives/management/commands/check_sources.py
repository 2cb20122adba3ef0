"""Ask the addresses of public sources whether what they prove is still there."""

from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from initiatives import actions
from initiatives.choices import AddressState
from initiatives.management.numbers import number
from initiatives.management.progress import ProgressLine
from initiatives.models import Source, SourceCheck
from initiatives.models.source_checks import due
from initiatives.rights.visible_rows import published_sources
from initiatives.web_addresses import Heard, HttpClient, archived_copy
from initiatives.web_addresses.places import host_of

_TOGETHER = 500  # sources whose addresses are known at once


class Command(BaseCommand):
    help = (
        "Ask the addresses of public sources, each host one at a time. What is dead (twice, on two "
        "days) or has moved is put before officers. Stop it at any moment: it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=number(int),
            default=30,
            help="leave what was asked within so many days (30)",
        )
        parser.add_argument(
            "--pause",
            type=number(float),
            default=2,
            help="seconds before a host is asked again (2)",
        )
        parser.add_argument(
            "--timeout",
            type=number(float, least=1),
            default=15,
            help="seconds to wait for an answer (15)",
        )
        parser.add_argument("--limit", type=number(int, least=1), help="ask so many at most")
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="also ask machines of one's own network; for trying it out only",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.client = HttpClient(
            user_agent=f"cooperation-tracker (+{settings.SITE_URL})",
            timeout=options["timeout"],
            pause=options["pause"],
            allow_private=options["allow_private"],
        )
        self.busy: set[str] = set()  # hosts that asked to come later
        self.found = dict.fromkeys(AddressState.values, 0)
        before = timezone.now() - timedelta(days=options["days"])
        rows = due(published_sources(), checked_before=before).order_by("pk")
        left = rows.count()
        most = left if options["limit"] is None else min(left, options["limit"])
        self.stdout.write(f"Addresses to ask: {most}")
        try:
            with ProgressLine(self.stdout, "asked") as progress:
                for number, source in enumerate(self._in_turn(rows), 1):
                    if number > most:
                        break
                    self._check(source)
                    progress.reached(number)
        except KeyboardInterrupt:
            self.stdout.write("Stopped; the next run goes on from here.")
        told = ", ".join(f"{state}: {number}" for state, number in self.found.items())
        self.stdout.write(f"Asked: {sum(self.found.values())} ({told})")
        if self.busy:
            self.stdout.write(f"To be asked later, as they wish: {', '.join(sorted(self.busy))}")

    def _in_turn(self, rows: Any) -> Iterator[Source]:
        """The sources so that no host is waited for while another one may be asked."""
        last = 0
        while page := list(rows.filter(pk__gt=last)[:_TOGETHER]):
            last = page[-1].pk
            waiting = deque(page)
            while waiting:
                for _turn in range(len(waiting)):
                    if self.client.is_due(waiting[0].url):
                        break
                    waiting.rotate(-1)
                source = waiting.popleft()
                if host_of(source.url) not in self.busy:
                    yield source

    def _check(self, source: Source) -> None:
        answer = self.client.ask(source.url)
        check = actions.note_answer(source, answer)
        if answer.heard is Heard.LATER:
            self.busy.add(host_of(source.url))
        if check is None:
            self.stdout.write(f"deleted meanwhile: {source.slug} {source.url}")
            return
        self.found[check.state] += 1
        if check.state == AddressState.DEAD:
            self._look_for_a_copy(source, check)
        self.stdout.write(f"{check.state}: {source.slug} {source.url}")

    def _look_for_a_copy(self, source: Source, check: SourceCheck) -> None:
        if source.archived_url or not settings.ARCHIVE_API:
            return
        copy = archived_copy(self.client, source.url, service=settings.ARCHIVE_API)
        actions.note_archived_copy(check, copy)
