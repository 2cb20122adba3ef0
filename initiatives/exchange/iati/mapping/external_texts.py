"""Texts in languages that the site does not show, as rows of `ExternalText`."""

from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.exchange.iati.mapping.mapped import NewText
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.reading import Activity
from initiatives.models import ExternalText

_LONGEST_TAG = ExternalText._meta.get_field("language").max_length or 0
_LONGEST_FIELD = ExternalText._meta.get_field("field").max_length or 0
_SHOWN = 120  # characters of a text that a note repeats


def external_texts(activity: Activity, notes: Notes) -> tuple[NewText, ...]:
    """Titles and descriptions in the languages that the site does not show."""
    named = [("title", activity.titles)]
    named += [(f"description-{one.type}", one.texts) for one in activity.descriptions]
    found = []
    for field, given in named:
        for tag, text in given.items():
            if tag in Language.values or len(tag) > _LONGEST_TAG or len(field) > _LONGEST_FIELD:
                continue
            given.use(tag)
            found.append(NewText(field, tag, text))
            short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            told = f"{field.partition('-')[0]} ({tag}): “{short}”"
            notes.add(_("Kept for export, in a language that is not shown:"), told)
    return tuple(found)
