"""What is said of a text that is not read."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

SHOWN = 40  # characters of a text that a message repeats


class NotRead(ValueError):
    """The message, in the reader's language, names the cure. `readings` are those that the text
    has, as they are to be written, if there are several."""

    def __init__(self, message: str, readings: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message, self.readings = message, tuple(readings)


def several(text: str, readings: Iterable[tuple[str, str]]) -> NotRead:
    """`text` has several readings: pairs of how each is named and how it is to be written."""
    named, written = zip(*readings, strict=True)
    told = {
        "text": text[:SHOWN],
        "readings": _either(named),
        "cures": _either(written),
    }
    if named == written:
        return NotRead(_("“%(text)s” may be %(readings)s. Write which one is meant.") % told, named)
    return NotRead(_("“%(text)s” may be %(readings)s. Write %(cures)s.") % told, written)


def _either(texts: tuple[str, ...]) -> str:
    return _("%(first)s or %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}
