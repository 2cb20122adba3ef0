"""Passwords that were stolen elsewhere, by a list that the site has as a file."""

import hashlib
import logging
from typing import IO, Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_log = logging.getLogger(__name__)
_DIGITS = 40  # of SHA-1 in hexadecimal
_LONGEST = 100  # bytes of a line


class BreachedPasswordsValidator(CommonPasswordValidator):
    """Django's list of common passwords, and the file at `path` besides: lines that begin with the
    SHA-1 of a password, in their order, as “Pwned Passwords” has them. Nobody else is asked."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError, also where the file is gone: then no password is taken."""
        super().validate(password, user)
        digest = hashlib.sha1(password.encode(errors="replace"), usedforsecurity=False)
        if self._is_listed(digest.hexdigest().upper().encode()):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def _is_listed(self, digest: bytes) -> bool:
        try:
            with open(self.path, "rb") as file:
                return _has(file, digest)
        except OSError as error:
            _log.error("BREACHED_PASSWORDS cannot be read: %s", error)
            text = _(
                "No new password can be checked now: the list of breached passwords cannot be "
                "read. Tell the administrator."
            )
            raise ValidationError(text, code="password_list_unread") from error


def _has(file: IO[bytes], digest: bytes) -> bool:
    """Some 35 looks into a file of a thousand million lines."""
    low, high = 0, file.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        found = _line_after(file, middle)
        if not found or found >= digest:
            high = middle
        else:
            low = middle + 1
    return _line_after(file, low) == digest


def _line_after(file: IO[bytes], place: int) -> bytes:
    """The digest of the first line that begins behind `place`, or at 0."""
    file.seek(place)
    if place:
        file.readline(_LONGEST)
    return file.readline(_LONGEST)[:_DIGITS].strip().upper()
