"""The descriptions of an activity, and what the history says of its status."""

from django.utils.translation import gettext as _

from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.words import ours_or_any
from initiatives.exchange.iati.reading import Activity, Description
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


def described(descriptions: tuple[Description, ...], notes: Notes) -> dict[str, str]:
    """The general description is the summary if it is short enough, all others follow it; without
    a general one the first that is short enough."""
    texts = _by_type(descriptions, notes)
    kinds = sorted(texts, key=lambda kind: kind != _GENERAL)
    summary = next((kind for kind in kinds if all(map(_is_short, texts[kind].values()))), "")
    if summary and summary != _GENERAL and _GENERAL in texts:
        summary = ""  # or the export would tell it as the general one
    rest = [kind for kind in kinds if kind != summary]
    cells = {f"summary_{code}": text for code, text in texts.get(summary, {}).items()}
    for code in dict.fromkeys(code for kind in rest for code in texts[kind]):
        parts = [texts[kind][code] for kind in rest if code in texts[kind]]
        cells[f"description_{code}"] = "\n\n".join(parts)
    for kind in kinds:
        if kind != _GENERAL:
            column = "summary" if kind == summary else "description"
            notes.add(_("Descriptions of other types than 1 (general):"), f"{kind} → {column}")
    return cells


def _by_type(descriptions: tuple[Description, ...], notes: Notes) -> dict[str, dict[str, str]]:
    """Those of one type one below the other."""
    found: dict[str, dict[str, str]] = {}
    for one in descriptions:
        told = found.setdefault(one.type, {})
        for code, text in ours_or_any(one.texts).items():
            if code in told:
                notes.add(_("Descriptions of one type, put one below the other:"), one.type)
                text = f"{told[code]}\n\n{text}"
            told[code] = text
    return {kind: texts for kind, texts in found.items() if texts}


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_SUMMARY


def status_name(code: str) -> str:
    return _NAMES.get(code, "?")


def status_reasons(activity: Activity) -> dict[str, str]:
    """In each language: which IATI status it was, and who published it."""
    publisher = next(iter(ours_or_any(activity.reporting.names).values()), activity.reporting.ref)
    told = {
        "code": activity.status,
        "name": status_name(activity.status),
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
