"""Make a backup of the database and the documents of sources."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from initiatives.backups import BackupError, CreatedBackup, Keep, Recipients, back_up, delete_old
from initiatives.management.stopping import stopped_by_signals

_MISSING_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Copy the database as it is in one instant, and the documents of sources, into one file "
        "in DIR, while the site goes on. Afterwards older backups of this site are deleted but "
        "the newest of so many days, weeks and months. Exits 0 where the backup was made whole; "
        "1 where it was not, or lacks a document, and then nothing older is deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--recipient",
            action="append",
            help="encrypt for this key, age:age1… or gpg:FINGERPRINT; again for more of them. "
            "Without it those of BACKUP_RECIPIENTS.",
        )
        for name, period in (("daily", "days"), ("weekly", "weeks"), ("monthly", "months")):
            parser.add_argument(
                f"--keep-{name}",
                type=_number,
                default=getattr(Keep, name),
                metavar="NUMBER",
                help=f"keep the newest backup of so many {period} (default: %(default)s)",
            )

    def handle(self, *args: Any, **options: Any) -> None:
        keep = Keep(options["keep_daily"], options["keep_weekly"], options["keep_monthly"])
        try:
            with stopped_by_signals():
                recipients = Recipients.parse(options["recipient"] or settings.BACKUP_RECIPIENTS)
                made = back_up(options["folder"], recipients=recipients, at=timezone.now())
                self._tell(made)
                _refuse_gaps(made)
                for path in delete_old(options["folder"], keep, new=made.path):
                    self.stdout.write(f"Deleted: {path}")
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _tell(self, made: CreatedBackup) -> None:
        held, parts = made.manifest.contents, made.manifest.parts
        self.stdout.write(
            f"Made:    {made.path} ({filesizeformat(made.path.stat().st_size)})\n"
            f"Holds:   {sum(held.rows.values())} rows, the register up to position "
            f"{held.position}, {len(parts) - 1} documents"
        )
        for sha256, slug in list(made.missing.items())[:_MISSING_SHOWN]:
            self.stderr.write(
                f"Not in it: the document {sha256} of source {slug}, which is missing or another "
                "one by now; see manage.py verify."
            )
        if len(made.missing) > _MISSING_SHOWN:
            self.stderr.write(f"and {len(made.missing) - _MISSING_SHOWN} more documents")


def _refuse_gaps(made: CreatedBackup) -> None:
    """A wrong MEDIA_ROOT would else thin out the backups that are whole, one night after the other.

    Raises BackupError where a document is missing.
    """
    if made.missing:
        raise BackupError(
            f"The backup was made without {len(made.missing)} documents that sources name, and "
            "nothing older was deleted. Look at MEDIA_ROOT and at manage.py verify."
        )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise ArgumentTypeError(f"{text!r} is no number of backups; write for example 7.")
    return int(text)
