"""Editions for tests: what the working rows give, or what a test says that the public was told."""

from datetime import UTC, datetime, timedelta

import msgspec
from django.db import connection

from initiatives.choices import EditionCause, EditionKind, EditionState
from initiatives.editions import chain
from initiatives.editions import record as public
from initiatives.models import Edition
from initiatives.publication.issuing import issue

CODE = "CI-2025-0001"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
STAMP = chain.instant(LONG_AGO)


def issued(*records, slugs=(), cause=EditionCause.EDIT):
    """Write the editions that the rows of `records` give now, and say how many."""
    return issue({record.code for record in records}, set(slugs), cause=cause)


def plain_record(code=CODE, **fields):
    """A small public record; texts may be given in English as `title="…"`."""
    values = {"title": f"Initiative {code}", "kind": "other", "status": "planned", **fields}
    texts = {
        name: public.Text(en=value)
        for name, value in values.items()
        if name in ("title", "summary", "description", "outcome") and isinstance(value, str)
    }
    stamps = {"created_at": STAMP, "updated_at": STAMP, "version": 1}
    return public.InitiativeRecord(form=public.FORM, code=code, **stamps, **(values | texts))


def append(
    *bodies, key=CODE, kind=EditionKind.INITIATIVE, cause=EditionCause.EDIT, since=None, batch=None
):
    """Append one edition of `key` for each body, a day after the other unless `since` is given."""
    made = []
    for body in bodies:
        last = Edition.objects.order_by("-position").first()
        count = Edition.objects.filter(kind=kind, key=key).count()
        withdrawn = isinstance(body, public.Withdrawal)
        at = since or LONG_AGO + timedelta(last.position if last else 0)
        edition = Edition(
            kind=kind,
            key=key,
            number=count + 1,
            since=at,
            issued_at=min(at, datetime.now(UTC)),
            state=EditionState.WITHDRAWN if withdrawn else EditionState.PUBLISHED,
            body=public.encoded(body),
            cause=EditionCause.WITHDRAWAL if withdrawn else cause,
        )
        place = {"position": last.position, "digest": last.digest} if last else None
        place = place or {"position": 0, "digest": chain.BEGINNING}
        made += chain.appended([edition], batch=batch or place["position"] + 1, **place)
        Edition.objects.bulk_create(made[-1:])
    return made


def changed(record, **fields):
    return msgspec.structs.replace(record, **fields)


def withdrawal(**reasons):
    return public.Withdrawal(form=public.FORM, reason=public.Text(**reasons))


def redact(edition):
    """Take the text out, which is the only change that the register allows."""
    at = edition.since + timedelta(hours=1)
    sql = "UPDATE initiatives_edition SET body = '', redacted_at = %s WHERE position = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [at, edition.position])
    return at
