"""What an address said."""

from dataclasses import dataclass
from enum import Enum

PERMANENT = (301, 308)
REDIRECTS = (*PERMANENT, 302, 303, 307)
GONE = (404, 410)
TRY_LATER = (429, 503)


class Heard(Enum):
    """`HERE`: there is something, be it behind a sign-in. `GONE`: nothing is there, as the server
    or the names of the internet say. `SILENT`: no answer that says either. `LATER`: the server asks
    to come later. `REFUSED`: we do not ask it, for it is no public address of the web."""

    HERE = "here"
    GONE = "gone"
    SILENT = "silent"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`status` is that of HTTP (RFC 9110), None where no server answered; `moved_to` where it is
    for good, after permanent redirects alone; `later` seconds until one may ask again; `body` the
    beginning of what is there, where it was wanted."""

    heard: Heard
    status: int | None = None
    moved_to: str = ""
    later: int = 0
    body: bytes = b""
