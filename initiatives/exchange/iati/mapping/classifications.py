"""Codes of other lists than ours, as rows of `Classification`: they are given back as they came."""

from django.utils.translation import gettext as _

from initiatives.exchange.iati.mapping.mapped import NewClassification
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.words import first_line
from initiatives.exchange.iati.reading import Activity, Code
from initiatives.models import Classification

STATUS = "activity-status"
_MANY_OF_OURS = ("3", "4")  # statuses of IATI that are one of ours
_LONGEST_NAME = Classification._meta.get_field("name").max_length or 0
_LONGEST_TAG = Classification._meta.get_field("language").max_length or 0


class Classifications:
    """`found` are those of one activity, in the order in which they are given back."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.found: list[NewClassification] = []

    def add(self, code: Code) -> None:
        name, language = first_line(code.names, _LONGEST_NAME)
        if len(language) > _LONGEST_TAG:
            language = ""
        self.found.append(
            NewClassification(
                code.element,
                code.code,
                code.vocabulary,
                code.vocabulary_uri,
                code.share,
                name,
                language if name else "",
            )
        )
        said = _("Kept unchanged for export, and not shown:")
        self._notes.add(f"{said} {code.element}", _told(code, name))

    def add_all(self, activity: Activity) -> None:
        for code in activity.codes:
            self.add(code)

    def add_status(self, activity: Activity) -> None:
        if activity.status in _MANY_OF_OURS:
            self.found.append(NewClassification(STATUS, activity.status))


def _told(code: Code, name: str) -> str:
    """For example `99:WA 80 “Water”`."""
    vocabulary = f"{code.vocabulary}:" if code.vocabulary else ""
    called = f"“{name}”" if name else ""
    address = f"<{code.vocabulary_uri}>" if code.vocabulary_uri else ""
    return " ".join(filter(None, [f"{vocabulary}{code.code}", code.share, called, address]))
