"""What has come of a request while it is on its way, and whether all of it is there."""

import re
from time import monotonic

HEAD_SECONDS = 10  # for the line and the headers, from the first moment on
BODY_SECONDS = 60  # for the form behind them
LARGEST_HEAD = 64 * 1024  # bytes
# Longer bodies are not awaited: the site refuses them unread, or reads the file of an officer.
LARGEST_BODY = 1024 * 1024
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,19})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


class Arrival:
    """The bytes of one request; `ahead` came behind the request before it."""

    def __init__(self, ahead: bytes = b"") -> None:
        self.ends = monotonic() + HEAD_SECONDS
        self.come, self._head, self._whole = bytearray(), 0, 0
        self.take(ahead)

    def take(self, piece: bytes) -> None:
        begin = max(0, len(self.come) - len(_END))
        self.come += piece
        if not self._head:
            found = self.come.find(_END, begin)
            if found >= 0:
                self._head = found + len(_END)
                self._whole = self._head + self._length_of_body()
                self.ends += BODY_SECONDS

    def _length_of_body(self) -> int:
        """0 also where the length is not known or is not awaited. Who sends in chunks is read
        until they end or are more than is awaited."""
        found = _LENGTH.search(self.come, 0, self._head)
        length = int(found[1]) if found else 0
        return length if length <= LARGEST_BODY else 0

    @property
    def has_head(self) -> bool:
        return self._head > 0

    @property
    def expects_consent(self) -> bool:
        """Whether the sender keeps the body back until it is asked for it."""
        return self.has_head and _EXPECTS.search(self.come, 0, self._head) is not None

    @property
    def is_too_long(self) -> bool:
        return not self._head and len(self.come) > LARGEST_HEAD

    @property
    def is_whole(self) -> bool:
        if not self._head:
            return False
        if _CHUNKED.search(self.come, 0, self._head):
            ended = self.come.endswith(b"0\r\n\r\n", self._head)
            return ended or len(self.come) - self._head > LARGEST_BODY
        return len(self.come) >= self._whole

    @property
    def path(self) -> bytes:
        """What is asked for, without its parameters; nothing where the line is none."""
        words = bytes(self.come[:200]).split(b" ", 2)
        return words[1].partition(b"?")[0] if len(words) > 2 else b""
