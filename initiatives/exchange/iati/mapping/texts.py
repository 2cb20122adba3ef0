"""The descriptions of an activity, and what the history says of its status."""

from django.utils.translation import gettext as _

from initiatives.exchange.iati.mapping.words import ours_or_any
from initiatives.exchange.iati.reading import Activity
from initiatives.exchange.iati.writing.narratives import said

_GENERAL = "1"
_LONGEST_SUMMARY = 500
_NAMES = {
    "1": "Pipeline/identification",
    "2": "Implementation",
    "3": "Finalisation",
    "4": "Closed",
    "5": "Cancelled",
    "6": "Suspended",
}


def described(descriptions: dict[str, dict[str, str]]) -> dict[str, str]:
    """The first kind of description that is short enough is the summary, all others follow it."""
    kinds = sorted(descriptions, key=lambda kind: kind != _GENERAL)
    texts = [ours_or_any(descriptions[kind]) for kind in kinds]
    summary = next((one for one in texts if all(map(_is_short, one.values()))), {})
    rest = [one for one in texts if one is not summary]
    cells = {f"summary_{code}": text for code, text in summary.items()}
    for code in dict.fromkeys(code for one in rest for code in one):
        cells[f"description_{code}"] = "\n\n".join(one[code] for one in rest if code in one)
    return cells


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_SUMMARY


def status_reasons(activity: Activity) -> dict[str, str]:
    """In each language: which IATI status it was, and who published it."""
    publisher = next(iter(ours_or_any(activity.reporting.names).values()), activity.reporting.ref)
    told = {
        "code": activity.status,
        "name": _NAMES.get(activity.status, "?"),
        "publisher": publisher,
        "identifier": activity.identifier,
    }
    return said(
        lambda: (
            _(
                "IATI status %(code)s (%(name)s) as published by %(publisher)s in the activity "
                "%(identifier)s."
            )
            % told
        )
    )
