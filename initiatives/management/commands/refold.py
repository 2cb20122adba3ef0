"""Make search find by today's rules what was stored under earlier ones."""

from typing import Any

from django.core.management.base import BaseCommand

from initiatives.actions.search import refold


class Command(BaseCommand):
    help = (
        "Fold all texts anew, after an upgrade that changed how search folds them. "
        "Restart the server afterwards, or send SIGHUP to gunicorn: running processes go on "
        "searching in the words that they have read."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{refold()} rows folded anew")
