"""What is refused, in words."""

from django.utils.translation import gettext as _
from lxml import etree
from lxml.etree import _Element, iterwalk

DEEPEST = 32  # elements within an activity; the standard needs 7
LONGEST = 1_000_000  # characters of one text
MOST_ATTRIBUTES = 50


class UnreadableActivities(ValueError):
    """A file that cannot be read further; `line` is where, if that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.line = message, line

    @classmethod
    def broken(cls, error: etree.XMLSyntaxError) -> "UnreadableActivities":
        """What the parser has against it is English of its own, so the place alone is told."""
        told = {"line": error.lineno or 1, "column": error.offset or 1}
        message = _(
            "The XML is broken in line %(line)s, column %(column)s. Correct it there, or export the"
            " file again."
        )
        return cls(message % told, error.lineno)


def check_activity(activity: _Element) -> None:
    """Raise UnreadableActivities if something in the element is beyond every use."""
    depth = 0
    for event, element in iterwalk(activity, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "end":
            continue
        if depth > DEEPEST:
            raise _refused(_("Elements are nested too deeply."), element)
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise _refused(_("An element has too many attributes."), element)
        texts = (element.text, element.tail, *element.attrib.values())
        if any(text and len(text) > LONGEST for text in texts):
            raise _refused(_("A text is longer than a million characters."), element)


def _refused(message: str, element: etree._Element) -> UnreadableActivities:
    line = element.sourceline
    return UnreadableActivities(_("Line %(line)s: ") % {"line": line} + message, line)
