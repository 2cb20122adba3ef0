"""Put a backup in the place of what the database holds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.backups import BackupError, Restored, UnreadableBackup, check, restore
from initiatives.backups.manifest import Manifest
from initiatives.management.stopping import stopped_by_signals

_UNREADABLE = 2
_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Put back what manage.py backup made: the database and the documents of sources. All "
        "checksums are compared before, rows, register and its chain after it, and where anything "
        "is wrong the database stays as it was. Exits 0 where it was done, 1 where it was not, 2 "
        "where the file is damaged, no backup of ours or made by a newer version."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--force", action="store_true", help="replace what is there; without it only an empty "
            "database is filled, one without rows of the tracker and without accounts",
        )  # fmt: skip
        parser.add_argument("--identity", type=Path, metavar="KEY", help="file of the key of age")
        parser.add_argument(
            "--check", action="store_true", help="only say whether the file could be put back"
        )
        parser.add_argument(
            "--accept-faults", action="store_true", help="also what manage.py verify finds fault in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, identity = options["file"], options["identity"]
        try:
            with stopped_by_signals():
                if options["check"]:
                    self._tell("Can be restored:", check(path, identity=identity))
                else:
                    faults, force = options["accept_faults"], options["force"]
                    done = restore(path, identity=identity, force=force, accept=faults)
                    self._tell_restored(done)
        except UnreadableBackup as error:
            raise CommandError(f"{path}: {error}", returncode=_UNREADABLE) from error
        except BackupError as error:
            raise CommandError(f"{path}: {error}") from error

    def _tell_restored(self, done: Restored) -> None:
        self._tell("Restored:", done.manifest)
        if done.is_migrated:
            self.stdout.write("It was older than this program and was brought up to it.")
        for finding in done.findings[:_SHOWN]:
            self.stderr.write(f"Accepted: {finding}")
        if len(done.findings) > _SHOWN:
            self.stderr.write(f"and {len(done.findings) - _SHOWN} more, see manage.py verify")

    def _tell(self, what: str, manifest: Manifest) -> None:
        held = manifest.contents
        self.stdout.write(
            f"{what} the backup of {manifest.site} of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC, "
            f"made by version {manifest.version}: {sum(held.rows.values())} rows, the register up "
            f"to position {held.position}, {len(manifest.parts) - 1} documents."
        )
