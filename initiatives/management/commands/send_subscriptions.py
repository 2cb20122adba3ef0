"""Mail readers what changed in what they follow."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.actions import error_reports, mail_subscriptions
from initiatives.desk import answers
from initiatives.following import sending


class Command(BaseCommand):
    help = (
        "Mail readers what changed in what they follow, once a day or a week as each chose; nobody "
        "gets a mail where nothing changed. Answers to reports of errors that failed go out as "
        "well, and what readers left that is no longer needed is deleted. Run it once a day; run "
        "twice or begun anew it sends no mail twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--dry-run", action="store_true", help="count the mails, send none")
        one.add_argument(
            "--pass-over",
            action="store_true",
            help="send nothing, and tell nobody what changed or was answered up to now: "
            "after a restored backup",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One mailbox that fails does not stop the others; the exit code tells of it. No address is
        printed, since what is printed stays in logs."""
        if options["dry_run"]:
            letters = (sending.letter_of(row, sending.until(row))[0] for row in sending.due())
            self.stdout.write(f"Mails to send: {sum(1 for one in letters if one)}")
        elif options["pass_over"]:
            number = mail_subscriptions.pass_over_until_now()
            unsent = error_reports.pass_over_answers()
            self.stdout.write(f"Passed over up to now: {number}; answers to reports: {unsent}")
        else:
            self.send()

    def send_answers(self) -> tuple[int, int]:
        """(answers to readers who reported an error that go out now, those that fail once more)"""
        errors = list(answers.send_answers())
        for error in filter(None, errors):
            self.stderr.write(f"Answer: {type(error).__name__}")
        return errors.count(None), len(errors) - errors.count(None)

    def send(self) -> None:
        mail_subscriptions.forget_unconfirmed()
        error_reports.forget_closed_reports()
        sent, failed = self.send_answers()
        for row in sending.due():
            try:
                sent += sending.send(row)
            except Exception as error:
                failed += 1
                self.stderr.write(f"Subscription {row.pk}: {type(error).__name__}")
        if failed:
            raise CommandError(f"Mails that failed: {failed}; mails sent: {sent}.")
        self.stdout.write(f"Mails sent: {sent}")
