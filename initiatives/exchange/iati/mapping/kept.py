"""What is kept as it came, to be given back: codes of other lists, texts in other languages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.words import first_line
from initiatives.exchange.iati.reading import Activity, Code

STATUS = "activity-status"
_MANY_OF_OURS = ("3", "4")  # statuses of IATI that are one of ours
_LONGEST_NAME, _LONGEST_TAG = 500, 35
_SHOWN = 120


@dataclass(frozen=True)
class KeptCode:
    """The fields of a Classification."""

    element: str
    code: str
    vocabulary: str = ""
    vocabulary_uri: str = ""
    share: str = ""
    name: str = ""
    language: str = ""


@dataclass(frozen=True)
class KeptText:
    """The fields of an ExternalText."""

    field: str
    language: str
    text: str


class Codes:
    """`found` are those of one activity, in the order in which they are given back."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.found: list[KeptCode] = []

    def add(self, code: Code) -> None:
        name, language = first_line(code.names, _LONGEST_NAME)
        if len(language) > _LONGEST_TAG:
            language = ""
        self.found.append(
            KeptCode(
                code.element,
                code.code,
                code.vocabulary,
                code.vocabulary_uri,
                code.share,
                name,
                language if name else "",
            )
        )
        said = _("Kept as it came, to be given back, and not shown:")
        self._notes.add(f"{said} {code.element}", _told(code, name))

    def add_all(self, activity: Activity) -> None:
        for code in activity.codes:
            self.add(code)

    def add_status(self, activity: Activity) -> None:
        if activity.status in _MANY_OF_OURS:
            self.found.append(KeptCode(STATUS, activity.status))


def _told(code: Code, name: str) -> str:
    """For example `99:WA 80 “Water”`."""
    vocabulary = f"{code.vocabulary}:" if code.vocabulary else ""
    called = f"“{name}”" if name else ""
    address = f"<{code.vocabulary_uri}>" if code.vocabulary_uri else ""
    return " ".join(filter(None, [f"{vocabulary}{code.code}", code.share, called, address]))


def texts(activity: Activity, notes: Notes) -> tuple[KeptText, ...]:
    """Titles and descriptions in the languages that the site does not show."""
    named = [("title", activity.titles)]
    named += [(f"description-{one.type}", one.texts) for one in activity.descriptions]
    found = []
    for field, given in named:
        for tag, text in given.items():
            if tag in Language.values or len(tag) > _LONGEST_TAG or len(field) > _SHOWN:
                continue
            given.use(tag)
            found.append(KeptText(field, tag, text))
            short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            told = f"{field.partition('-')[0]} ({tag}): “{short}”"
            notes.add(_("Kept in a language that is not shown, to be given back:"), told)
    return tuple(found)
