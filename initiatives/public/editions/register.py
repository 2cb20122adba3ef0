"""The public register as a chain: one edition a line, in the order of positions.

`application/jsonl` is the name that the format JSON Lines proposes for itself and that the ending
of the address says; names that begin with `x-` are to be left behind (RFC 6648). JSON is UTF-8
(RFC 8259), so no charset is named.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import EditionState
from initiatives.editions import script
from initiatives.editions.access import state_at, was_public
from initiatives.editions.chain import instant
from initiatives.http import caching
from initiatives.http.machines import MachineView
from initiatives.http.problems import refuse
from initiatives.models.editions import Edition
from initiatives.public.filtersets import unknown

CONTENT_TYPE = "application/jsonl"
_CHUNK = 200  # editions in memory at once, and for each query
_LONGEST = 18  # digits of a position that a database knows; what has more is past every end
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_FIELDS = ("kind", "key", "number", "since", "state", "cause", "batch", "body_digest")


class Register(MachineView):
    """All lines after the position `after`, sent while they are read.

    What is not public, or never was, shows its position and digest alone, for the chain needs no
    more. Of a record that is withdrawn now, and of a text that was taken out, all is shown that
    the digest covers but the text.
    """

    takes = ("after",)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        after = _asked(request)
        now = timezone.now()
        last = Edition.objects.order_by("-position").only("position", "digest", "issued_at").first()
        begun, redacted = _moved(now)
        moved = [at for at in (last and last.issued_at, begun, redacted) if at]
        fresh = caching.freshness_of(
            request, last and last.digest, begun, redacted, changed_at=max(moved, default=_NEVER)
        )
        return caching.answer(request, fresh, lambda: self._lines(after, last, now))

    def _lines(self, after: int, last: Edition | None, now: datetime) -> StreamingHttpResponse:
        is_empty = self.request.method == "HEAD"
        made = () if last is None or is_empty else lines(after, last.position, now)
        return StreamingHttpResponse(made, content_type=CONTENT_TYPE)


class Script(MachineView):
    """The program that checks the register, as `/about/data/` shows it."""

    takes = ()

    def get(self, request: HttpRequest) -> HttpResponseBase:
        refuse(unknown(request, self.takes))
        text = script.text()
        fresh = caching.freshness_of(request, text, changed_at=script.changed_at())
        return caching.answer(request, fresh, lambda: _file(text))


def _file(text: str) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="{script.NAME}"'}
    return HttpResponse(text, content_type=script.CONTENT_TYPE, headers=headers)


def _asked(request: HttpRequest) -> int:
    """The position after which the lines begin. Raises Problem (400) with all that is wrong."""
    given = request.GET.getlist("after")
    errors = unknown(request, Register.takes)
    text = given[-1].strip() if given else "0"
    if len(given) > 1:
        errors |= {"after": [_("Give one position only.")]}
    elif not (text.isascii() and text.isdecimal()):
        errors |= {"after": [_("A position is a whole number, 0 or more.")]}
    refuse(errors)
    return int(text) if len(text) <= _LONGEST else 10**_LONGEST


def _moved(now: datetime) -> tuple[datetime | None, datetime | None]:
    """The last instant by which something became public, and that at which a text was taken out.

    Both move what is shown of lines that were there before.
    """
    begun = Edition.objects.filter(since__lte=now).aggregate(Max("since"))
    redacted = Edition.objects.filter(redacted_at__isnull=False).aggregate(Max("redacted_at"))
    return begun["since__max"], redacted["redacted_at__max"]


def lines(after: int, last: int, now: datetime) -> Iterator[bytes]:
    """The lines of positions above `after` up to `last`, as the public sees them at `now`.

    One query for each chunk, and memory for one.
    """
    editions = Edition.objects.annotate(is_public=was_public(now), state_now=state_at(now))
    shown = editions.order_by("position").values(
        "position", "digest", "body", "redacted_at", "is_public", "state_now", *_FIELDS
    )
    while after < last:
        rows = list(shown.filter(position__gt=after, position__lte=last)[:_CHUNK])
        if not rows:
            return
        after = rows[-1]["position"]
        yield b"".join(msgspec.json.encode(_line(row)) + b"\n" for row in rows)


def _line(row: dict[str, Any]) -> dict[str, Any]:
    if not row["is_public"]:
        return {"position": row["position"], "digest": row["digest"], "withheld": True}
    told = {name: row[name] for name in ("position", *_FIELDS, "digest")}
    told["since"] = instant(row["since"])
    if row["redacted_at"]:
        return told | {"redacted": True}
    if row["state_now"] == EditionState.WITHDRAWN:
        return told | {"withdrawn": True}
    return told | {"body": msgspec.Raw(row["body"].encode())}
