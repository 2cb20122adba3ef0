"""Mail each officer what waits for them."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.actions.approvals import request_mails
from initiatives.desk import announcements, digest


class Command(BaseCommand):
    help = (
        "Mail each officer what waits for them at the desk; nobody without a task gets a mail. "
        "Run it once a day, see deploy/systemd/: run twice, it sends twice. "
        "In a local run mails are printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print the mails, send none")
        parser.add_argument("--user", metavar="NAME", help="only the officer with this name")

    def handle(self, *args: Any, **options: Any) -> None:
        """One mailbox that fails does not stop the others; the exit code tells of it."""
        failed = sent = 0
        for officer, language in self.recipients(options["user"]):
            try:
                sent += self.deal_with(officer, language, dry_run=options["dry_run"])
            except Exception as error:
                failed += 1
                self.stderr.write(f"{officer.get_username()} <{officer.email}>: {error!r}")
        if not options["dry_run"] and options["user"] is None:
            again, failed_again = self.send_again()
            sent, failed = sent + again, failed + failed_again
        if failed:
            raise CommandError(f"Mails that failed: {failed}; mails sent: {sent}.")
        done = "to send" if options["dry_run"] else "sent"
        self.stdout.write(f"Mails {done}: {sent}")

    def send_again(self) -> tuple[int, int]:
        """(mails about single requests that go out now, those that fail once more)"""
        sent = failed = 0
        for mail in request_mails.not_sent():
            try:
                sent += announcements.send(mail)
            except Exception as error:
                failed += 1
                self.stderr.write(f"{mail.user.get_username()} <{mail.user.email}>: {error!r}")
        return sent, failed

    def recipients(self, name: str | None) -> list[tuple[User, str]]:
        found = [one for one in digest.recipients() if name in (None, one[0].get_username())]
        if name is not None and not found:
            raise CommandError(
                f"{name!r} gets no daily mail: that takes an active account of the staff with an "
                "address, and a place on a desk with a language for the mail."
            )
        return found

    def deal_with(self, officer: Any, language: str, *, dry_run: bool) -> int:
        """Send or print the mail of `officer`; gives how many there were."""
        mail = digest.mail_for(officer, language)
        if mail is None:
            return 0
        if dry_run:
            self.stdout.write(f"To: {officer.email}\nSubject: {mail.subject}\n\n{mail.body}\n")
            return 1
        return mail.send()
