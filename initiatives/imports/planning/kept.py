"""A plan as a preview that is stored, and the file of the rows that were not taken."""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from typing import BinaryIO, cast

from django.contrib.auth.models import User
from django.utils.translation import override

from initiatives.actions import imports
from initiatives.choices import Language
from initiatives.exchange.cells import harmless
from initiatives.exchange.columns import AMOUNTS, REASON
from initiatives.imports.planning.planner import Plan
from initiatives.models import ImportBatch


def keep_plan(plan: Plan, *, name: str, sha256: str, by: User | None) -> ImportBatch:
    """Store `plan` with all its rows; `name` and `sha256` are those of the file."""
    return imports.keep(
        (row.stored() for row in plan.rows()),
        by=by,
        file_name=name[-255:],
        sha256=sha256,
        format=plan.format[:60],
        facts=_in_each_language(plan),
        columns=plan.columns,
        counts=plan.counts,
        sample=plan.sample,
    )


def _in_each_language(plan: Plan) -> dict[str, list[list[str]]]:
    """Who reads the protocol of an import may have another language than who imported."""
    told = {}
    for language in Language.values:
        with override(language):
            told[language] = plan.facts()
    return told


def fingerprint(file: BinaryIO) -> str:
    """SHA-256 of an open file, which is read from its start."""
    file.seek(0)
    found = hashlib.file_digest(cast(BytesIO, file), "sha256").hexdigest()
    file.seek(0)
    return found


def failed_rows(rows: Iterable, columns: list[str]) -> Iterator[bytes]:
    """A CSV of rows that were not taken, each with the reason, to be mended and sent again.

    `rows` have `texts` and `wrongs`; `columns` are those of the file that they came in.
    """
    names = [name for name in columns if name != REASON]
    yield "\ufeff".encode() + _line([*names, REASON])
    for row in rows:
        texts = [harmless(row.texts.get(name, ""), amounts=name in AMOUNTS) for name in names]
        yield _line([*texts, harmless(" ".join(row.wrongs))])


def _line(cells: list[str]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()
