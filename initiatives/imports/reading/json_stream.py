"""JSON read piece by piece: one object of a list at a time, whatever the length of the list."""

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import ijson
from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.encodings import BROKEN, Encoding
from initiatives.imports.reading.json_escapes import half_at, with_whole_escapes
from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.table import Unreadable

_DIGITS = re.compile(rf"\d{{{limits.DIGITS}}}", re.A)
_TRAIL = re.compile(r"\d*\Z", re.A)  # found in every text
Event = tuple[str, Any]


class Stream:
    """The values of a JSON. `number` tells which object of its list is read."""

    def __init__(self, origin: Origin, encoding: Encoding) -> None:
        self._origin, self._encoding = origin, encoding
        self.number = 0
        self._values = self._characters = 0

    def parts(self) -> Iterator[tuple[str, object]]:
        """A list gives its elements under “”; an object its values under their keys, those of
        its `results` one by one under “”."""
        events = self._events()
        kind, _value = next(events)
        if kind == "start_array":
            yield from self._elements(events)
        elif kind == "start_map":
            yield from self._members(events)
        else:
            raise Unreadable(_("The JSON is neither a list nor an object."))
        for _event in events:
            """Lets the reader complain about what follows."""

    def _elements(self, events: Iterator[Event]) -> Iterator[tuple[str, object]]:
        for kind, value in events:
            if kind == "end_array":
                return
            self.number += 1
            self._values = self._characters = 0
            yield "", self._value(events, kind, value, 1)

    def _members(self, events: Iterator[Event]) -> Iterator[tuple[str, object]]:
        seen: set[str] = set()
        for kind, key in events:
            if kind == "end_map":
                return
            self._refuse_again(key, seen)
            seen.add(key)
            kind, value = next(events)
            if key == "results" and kind == "start_array":
                yield "results", None
                yield from self._elements(events)
            else:
                yield key, self._value(events, kind, value, 1)

    def _value(self, events: Iterator[Event], kind: str, value: Any, depth: int) -> Any:
        self._count(value, depth)
        if kind == "start_map":
            return self._object(events, depth + 1)
        if kind == "start_array":
            return list(self._list(events, depth + 1))
        return value

    def _object(self, events: Iterator[Event], depth: int) -> dict:
        found: dict[str, object] = {}
        for kind, key in events:
            if kind == "end_map":
                break
            self._refuse_again(key, found)
            self._count(key, depth)
            found[key] = self._value(events, *next(events), depth)
        return found

    def _list(self, events: Iterator[Event], depth: int) -> Iterator:
        for kind, value in events:
            if kind == "end_array":
                return
            yield self._value(events, kind, value, depth)

    def _count(self, value: bool | int | str | None, depth: int) -> None:
        self._values += 1
        self._characters += len(value) if isinstance(value, str) else 1
        if depth > limits.DEPTH:
            raise self._refusal(_("Objects are nested deeper than %d levels.") % limits.DEPTH)
        if self._values > limits.VALUES or self._characters > limits.ROW:
            raise self._refusal(_("The object is too large. Divide it, or shorten its texts."))

    def _refuse_again(self, key: str, seen: dict[str, Any] | set[str]) -> None:
        if key in seen:
            message = _("The key appears twice in one object, so one value would be lost.")
            raise Unreadable(message, self.number or None, key[:100])

    def _events(self) -> Iterator[Event]:
        """What the parser finds. It would hold a value of any length, so long ones are refused."""
        found = ijson.sendable_list()
        parser = ijson.basic_parse_coro(found, use_float=False)
        waiting = 0
        with self._origin.open() as stream:
            for piece in self._pieces(stream):
                waiting += len(piece)
                damage = _damage(parser.send, piece)
                waiting = 0 if found else waiting
                yield from found  # what stands before the damage, so that its place is known
                del found[:]
                if damage:
                    raise self._refusal(damage)
                if waiting > limits.TOKEN:
                    raise self._refusal(_("A value is longer than %d bytes.") % limits.TOKEN)
        damage = _damage(parser.close)
        yield from found
        if damage:
            raise self._refusal(damage)

    def _pieces(self, stream: BinaryIO) -> Iterator[bytes]:
        digits = ""
        for piece in with_whole_escapes(self._encoding.pieces(stream)):
            if BROKEN in piece:
                raise self._refusal(_("The encoding is not recognised. Save the file as UTF-8."))
            if (at := half_at(piece)) is not None:
                yield piece[:at].encode() or b" "  # so that the place is known
                raise self._refusal(_half_a_character())
            if _DIGITS.search(digits + piece):
                raise self._refusal(_("A number has %d digits or more.") % limits.DIGITS)
            trail = _TRAIL.search(digits + piece if piece.isdigit() else piece)
            digits = trail[0] if trail else ""
            yield piece.removeprefix("\ufeff").encode()

    def _refusal(self, message: str) -> Unreadable:
        return Unreadable(message, self.number or None)


def _half_a_character() -> str:
    return _("An escape like \\ud83d is half a character. Save the file as UTF-8 without escapes.")


def _damage(ask: Callable[..., Any], *what: bytes) -> str:
    """What the parser has against the next piece, or nothing."""
    try:
        ask(*what)
    except UnicodeDecodeError:  # \ud800 alone, which is half a character
        return _half_a_character()
    except ijson.JSONError:  # in words of its own, which are English and speak of bytes
        return _(
            "The JSON is damaged: a comma or quotation mark is missing, something is out of place,"
            " or the file ends too early. NaN and Infinity are not JSON either."
        )
    return ""
