"""Bring in a file of initiatives from the command line."""

import gc
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from initiatives.actions import imports
from initiatives.choices import ImportState, RowAction, RowOutcome
from initiatives.desk import announcements
from initiatives.imports.planning import failed_rows, fingerprint, keep_plan, make_plan
from initiatives.imports.reading import Unreadable, open_table
from initiatives.management.import_report import write_preview, write_report
from initiatives.management.progress import ProgressLine
from initiatives.management.row_numbers import Numbers
from initiatives.models import ImportBatch
from initiatives.rights import Rights

ROWS_FAIL, UNREADABLE, SKIPPED = 1, 2, 3
# Objects that Python's collector waits for. Rows are written by the hundred thousand objects, and
# looking through the whole program after each 700 of them would take a quarter of the time.
GARBAGE = 100_000


class Command(BaseCommand):
    help = (
        "Show what FILE (CSV, XLSX, ODS, JSON or IATI) would do; --apply does it: all in one "
        "transaction, new records as drafts. Exit code 0: nothing is wrong; 1: rows have errors, "
        "or a guessed encoding is not confirmed, or the file was applied before and would make its "
        "records once more, and nothing was written; 2: the file cannot be read; 3: rows were "
        "skipped, since they have errors, an officer edited the record, or were refused. The last "
        "line says so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="show only; the default")
        parser.add_argument("--apply", action="store_true", help="do it")
        parser.add_argument("--report", metavar="FILE.json", help="write what each row does")
        parser.add_argument("--by", metavar="USERNAME", help="in whose name and with whose rights")
        parser.add_argument("--rows", metavar="3,5-9", type=Numbers.parse, help="only these rows")
        parser.add_argument("--overwrite", action="store_true", help="win over what officers wrote")
        parser.add_argument("--skip-failing", action="store_true", help="apply the other rows")
        parser.add_argument(
            "--again", action="store_true", help="make the new records of a file once more"
        )
        parser.add_argument("--failed", metavar="FILE.csv", help="write the rows with errors")
        parser.add_argument("--encoding", metavar="NAME", default="", help="of a text file")
        parser.add_argument(
            "--confirm-encoding", action="store_true", help="the sample of its words reads right"
        )
        parser.add_argument("--undo", metavar="BATCH", type=int, help="take an import back")

    def handle(self, *args: Any, **options: Any) -> None:
        before = gc.get_threshold()
        gc.set_threshold(GARBAGE)
        try:
            self._do(options)
        finally:
            gc.set_threshold(*before)

    def _do(self, options: dict[str, Any]) -> None:
        by = self._officer(options["by"])
        if options["undo"] is not None and options["file"] is not None:
            raise CommandError(
                "Name a file or an import to --undo, not both.", returncode=UNREADABLE
            )
        if options["undo"] is not None:
            self._undo(options["undo"], by)
        elif options["file"] is None:
            raise CommandError("Name a file, or an import to --undo.", returncode=UNREADABLE)
        elif options["apply"] and options["dry_run"]:
            raise CommandError("Choose --dry-run or --apply, not both.", returncode=UNREADABLE)
        else:
            self._import(Path(options["file"]), by, options)

    def _officer(self, name: str | None) -> Any:
        if name is None:
            return None
        officer = get_user_model().objects.filter(username=name, is_active=True).first()
        if officer is None:
            raise CommandError(f"There is no active account {name!r}.", returncode=UNREADABLE)
        return officer

    def _import(self, path: Path, by: Any, options: dict[str, Any]) -> None:
        with ExitStack() as stack:
            try:
                file = stack.enter_context(path.open("rb"))
                sha256 = fingerprint(file)
                plan = self._plan(file, path.name, by, options["encoding"])
            except (OSError, Unreadable) as error:
                raise CommandError(f"{path}: {error}", returncode=UNREADABLE) from error
        self._check_rows(plan, options["rows"])
        rights = Rights(by) if by is not None else Rights.of_system()
        before = imports.in_words(imports.applied_before(sha256, rights=rights))
        for text in before:
            self.stdout.write(text)
        write_preview(plan, self.stdout, everything=options["verbosity"] > 1)
        self._write_files(plan, options, before)
        if options["apply"] and plan.sample and not options["confirm_encoding"]:
            self.stderr.write(
                "Nothing was written. The encoding was guessed: if the sample of words reads "
                "right, add --confirm-encoding, else name the encoding with --encoding NAME."
            )
            sys.exit(ROWS_FAIL)
        if options["apply"] and self._may_apply(plan, options):
            self._apply(plan, path.name, sha256, by, options)
        elif plan.counts[RowAction.ERROR]:
            if options["apply"]:
                self.stderr.write(
                    "Nothing was written. Mend the rows, or apply the others with --skip-failing."
                )
            sys.exit(ROWS_FAIL)

    def _check_rows(self, plan: Any, chosen: Numbers | None) -> None:
        """Rows that were named but are not in the file are a mistake, and not a choice."""
        if chosen and (missing := chosen.missing(row.number for row in plan.rows())):
            raise CommandError(f"--rows: the file has no row {missing}.", returncode=UNREADABLE)

    def _may_apply(self, plan: Any, options: dict[str, Any]) -> bool:
        chosen = options["skip_failing"] or options["rows"]
        return bool(chosen or not plan.counts[RowAction.ERROR])

    def _plan(self, file: Any, name: str, by: Any, encoding: str) -> Any:
        rights = Rights(by) if by is not None else Rights.of_system()
        with ProgressLine(self.stderr, "looked at") as progress:
            table = open_table(file, name, rights=rights, encoding=encoding)
            return make_plan(table, rights=rights, progress=progress.reached)

    def _write_files(self, plan: Any, options: dict[str, Any], before: list[str]) -> None:
        try:
            if options["report"]:
                with Path(options["report"]).open("w", encoding="utf-8") as report:
                    write_report(plan, report, notes=before)
            if options["failed"]:
                with Path(options["failed"]).open("wb") as failed:
                    failed.writelines(failed_rows(plan.rows(RowAction.ERROR), plan.columns))
        except OSError as error:
            raise CommandError(f"{error}. Nothing was written.", returncode=UNREADABLE) from error

    def _apply(self, plan: Any, name: str, sha256: str, by: Any, options: dict[str, Any]) -> None:
        """Do what the plan says. What is unchanged leaves no trace."""
        failing = sum(
            options["rows"] is None or options["rows"](row.number)
            for row in plan.rows(RowAction.ERROR)
        )
        if not any(plan.counts[action] for action in ("create", "update", "conflict")):
            if not failing:
                self.stdout.write("Nothing to do: all is stored already.")
            self._end(failing)
            return
        begun = timezone.now()
        try:
            batch = self._keep_and_apply(plan, name, sha256, by, options)
        except ValidationError as refusal:
            self.stderr.write(f"{' '.join(refusal.messages)} (--again)")
            self.stderr.write("Nothing was written.")
            sys.exit(ROWS_FAIL)
        announcements.send_noted(since=begun, by=by)
        self._tell(batch, ImportState.APPLIED.label)
        self._end(failing + self._left_out(batch, options["rows"]))

    def _keep_and_apply(
        self, plan: Any, name: str, sha256: str, by: Any, options: dict[str, Any]
    ) -> ImportBatch:
        """Raises Refused, and nothing is kept, where the same file made the same records before."""
        overwrite = (lambda number: True) if options["overwrite"] else None
        with transaction.atomic(), ProgressLine(self.stderr, "applied") as progress:
            batch = keep_plan(plan, name=name, sha256=sha256, by=by)
            return imports.apply(
                batch,
                by=by,
                rows=options["rows"],
                overwrite=overwrite,
                again=options["again"],
                encoding_confirmed=options["confirm_encoding"],
                progress=progress.more,
            )

    def _left_out(self, batch: ImportBatch, rows: Any) -> int:
        """How many of the rows that were chosen were not done."""
        outcomes = (RowOutcome.REFUSED, RowOutcome.SKIPPED)
        numbers = batch.rows.filter(outcome__in=outcomes).values_list("number", flat=True)
        return sum(rows is None or rows(number) for number in numbers.iterator(chunk_size=2000))

    def _tell(self, batch: ImportBatch, what: Any) -> None:
        counted = {
            outcome: batch.rows.filter(outcome=outcome).count() for outcome in RowOutcome.values
        }
        for row in batch.rows.filter(outcome__in=(RowOutcome.REFUSED, RowOutcome.LEFT))[:20]:
            self.stdout.write(f"  row {row.number} {row.key}: {row.told}")
        told = ", ".join(f"{number} {outcome}" for outcome, number in counted.items() if number)
        self.stdout.write(f"Import {batch.pk}: {what}. {told}".rstrip())

    def _end(self, skipped: int) -> None:
        """Say last, and by the exit code, that rows were skipped."""
        if skipped:
            self.stdout.flush()  # a pipe would let what is written to it come after this line
            rows = "1 row was" if skipped == 1 else f"{skipped} rows were"
            self.stderr.write(f"{rows} skipped.")
            sys.exit(SKIPPED)

    def _undo(self, number: int, by: Any) -> None:
        batch = ImportBatch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(f"There is no import {number}.", returncode=UNREADABLE)
        try:
            batch = imports.undo(batch, by=by)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self._tell(batch, ImportState.UNDONE.label)
        self._end(batch.rows.filter(outcome=RowOutcome.LEFT).count())
