"""The words of the flags: their names, their meaning, and a sentence for each finding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from babel import Locale
from babel.numbers import format_decimal
from django.db.models import TextChoices
from django.utils.translation import get_language, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from initiatives.partial_dates import PartialDate


class Flag(TextChoices):
    """The order is that of urgency, and of every list of flags."""

    OVERDUE = "overdue", pgettext_lazy("flag", "Overdue")
    DUE_SOON = "due_soon", pgettext_lazy("flag", "Due soon")
    STALE = "stale", pgettext_lazy("flag", "To be checked again")
    STALLED = "stalled", pgettext_lazy("flag", "Stalled")
    CONTRADICTION = "contradiction", pgettext_lazy("flag", "Contradiction in the record")
    UNSOURCED = "unsourced", pgettext_lazy("flag", "Without a public source")
    UNTRANSLATED = "untranslated", pgettext_lazy("flag", "Not fully translated")


EXPLANATIONS = {
    Flag.OVERDUE: _("The last possible day of the planned end has passed, and it is not finished."),
    Flag.DUE_SOON: _("The last possible day of the planned end comes within 90 days."),
    Flag.STALE: _("Nobody has checked the record for longer than the time set for it."),
    Flag.STALLED: _("No status, milestone or money has been recorded for 270 days."),
    Flag.CONTRADICTION: _("Two statements of the record cannot both be true."),
    Flag.UNSOURCED: _("No public source is cited for the initiative or for any of its statuses."),
    Flag.UNTRANSLATED: _("The title or the summary is missing in one of the four languages."),
}


class Reason(StrEnum):
    """Why a flag is raised; a contradiction has several kinds."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    CHECK_IS_OLD = "check_is_old"
    NEVER_CHECKED = "never_checked"
    STALLED = "stalled"
    OPEN_MILESTONES = "open_milestones"
    ENDED_IN_PROGRESS = "ended_in_progress"
    PAID_WHILE_PLANNED = "paid_while_planned"
    DISBURSED_TOO_MUCH = "disbursed_too_much"
    PLANNED_BACKWARDS = "planned_backwards"
    ENDED_BEFORE_START = "ended_before_start"
    SECTOR_PERCENTS = "sector_percents"
    UNSOURCED = "unsourced"
    UNTRANSLATED = "untranslated"


# Dates stand in brackets: as they are there, in no language do they have to be inflected.
_MESSAGES = {
    Reason.OVERDUE: ngettext_lazy(
        "%(days)s day past the planned end (%(end)s).",
        "%(days)s days past the planned end (%(end)s).",
        "days",
    ),
    Reason.DUE_SOON: ngettext_lazy(
        "%(days)s day left until the planned end (%(end)s).",
        "%(days)s days left until the planned end (%(end)s).",
        "days",
    ),
    Reason.CHECK_IS_OLD: ngettext_lazy(
        "To be checked every %(days)s day (last checked: %(since)s).",
        "To be checked every %(days)s days (last checked: %(since)s).",
        "days",
    ),
    Reason.NEVER_CHECKED: ngettext_lazy(
        "To be checked every %(days)s day, but never was (entered: %(since)s).",
        "To be checked every %(days)s days, but never was (entered: %(since)s).",
        "days",
    ),
    Reason.STALLED: _("No status, milestone or money recorded for 270 days (last: %(since)s)."),
    Reason.OPEN_MILESTONES: ngettext_lazy(
        "The status is “implemented”, but %(open)s milestone of %(total)s is open.",
        "The status is “implemented”, but %(open)s milestones of %(total)s are open.",
        "open",
    ),
    Reason.ENDED_IN_PROGRESS: _("The status is “in progress”, but it has an actual end (%(end)s)."),
    Reason.PAID_WHILE_PLANNED: _("The status is “planned”, but money has been disbursed."),
    Reason.DISBURSED_TOO_MUCH: _(
        "More disbursed (%(currency)s %(disbursed)s) than committed (%(currency)s %(committed)s)."
    ),
    Reason.PLANNED_BACKWARDS: _("Planned end (%(end)s) before planned start (%(start)s)."),
    Reason.ENDED_BEFORE_START: _("Actual end (%(end)s) before actual start (%(start)s)."),
    Reason.SECTOR_PERCENTS: _("The sectors add up to %(total)s percent, not to 100."),
    Reason.UNSOURCED: EXPLANATIONS[Flag.UNSOURCED],
    Reason.UNTRANSLATED: _("Title or summary missing in: %(languages)s."),
}


@dataclass(frozen=True)
class Finding:
    """One flag with its reason, and the dates, numbers and languages that show it."""

    flag: Flag
    reason: Reason
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, date_in_words: Callable[[PartialDate], str] = str) -> str:
        """The finding in the reader's language; `date_in_words` writes its dates."""
        shown = {name: _shown(value, date_in_words) for name, value in self.values.items()}
        return str(_MESSAGES[self.reason] % shown)

    def __str__(self) -> str:
        return self.sentence()


def _shown(value: object, date_in_words: Callable[[PartialDate], str]) -> object:
    """Counts stay numbers: the plural form is chosen by them."""
    match value:
        case PartialDate():
            return date_in_words(value)
        case Decimal():
            return format_decimal(value, locale=Locale.parse(get_language() or "en"))
        case tuple():
            return ", ".join(str(language.label) for language in value)
    return value
