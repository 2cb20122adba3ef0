"""The columns of the first sheet, a row for each initiative, and those that all others share."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from initiatives.choices import Delivered, Kind
from initiatives.editions.facts import span
from initiatives.exchange.cells import once
from initiatives.exchange.workbook.cells import LinkCell, said
from initiatives.exchange.workbook.column import SheetColumn, choice, label_of
from initiatives.exchange.workbook.records import Told
from initiatives.lifecycle import Status

_NAME = 50  # characters of a title
_BETWEEN = ", "


def _names(names: Iterable[str]) -> str:
    return _BETWEEN.join(once(names))


def _countries(told: Told) -> str:
    return _names(told.names.country(link.iso2) for link in told.links.countries)


def _sectors(told: Told) -> str:
    return _names(told.names.sector(link.slug) for link in told.links.sectors)


def _organisations(told: Told) -> str:
    return _names(told.names.organisation(link.slug) for link in told.links.organisations)


COLUMNS = (
    SheetColumn(
        label_of("code"),
        _("Code, which never changes; a link to the page of the initiative."),
        lambda told, record: LinkCell(record.code, told.address),
    ),
    SheetColumn(label_of("title_en"), _("Its name."), lambda told, record: told.title, _NAME),
    SheetColumn(
        label_of("status"),
        _("Planned, agreed, in progress, implemented, suspended or cancelled."),
        lambda told, record: choice(Status, record.status),
    ),
    SheetColumn(
        label_of("status_since"),
        _("Since when it has this status."),
        lambda told, record: span(record.status_since),
    ),
    SheetColumn(
        label_of("delivered"),
        _("Of what is implemented: whether in full or in part; empty where it is not said."),
        lambda told, record: record.delivered and choice(Delivered, record.delivered),
    ),
    SheetColumn(
        label_of("kind"),
        _("What it is, for example an agreement or a programme."),
        lambda told, record: choice(Kind, record.kind),
        20,
    ),
    SheetColumn(
        label_of("countries"),
        _("All countries that it names, whatever their role."),
        lambda told, record: _countries(told),
        30,
    ),
    SheetColumn(
        label_of("sectors"),
        _("What it is about, the main sector first."),
        lambda told, record: _sectors(told),
        30,
    ),
    SheetColumn(
        label_of("organisations"),
        _("Who takes part. Who pays and who receives is on the sheet of money."),
        lambda told, record: _organisations(told),
        30,
    ),
    SheetColumn(
        label_of("planned_start"),
        _("When it is due to begin, as promised now."),
        lambda told, record: span(record.planned_start),
    ),
    SheetColumn(
        label_of("planned_end"),
        _("When it is due to end, as promised now."),
        lambda told, record: span(record.planned_end),
    ),
    SheetColumn(
        label_of("actual_start"),
        _("When it began."),
        lambda told, record: span(record.actual_start),
    ),
    SheetColumn(
        label_of("actual_end"),
        _("When it ended."),
        lambda told, record: span(record.actual_end),
    ),
    SheetColumn(
        _("months late"),
        _("Whole months since the promised date passed; empty where nothing is late."),
        lambda told, record: told.stands.months_late,
        10,
    ),
    SheetColumn(
        _("months later than promised"),
        _("By how many whole months the planned end moved since it was first promised."),
        lambda told, record: told.stands.months_later,
        14,
    ),
    SheetColumn(
        _("next milestone"),
        _("The nearest date of a milestone that is still ahead."),
        lambda told, record: told.stands.next,
    ),
    SheetColumn(
        label_of("summary_en"),
        _("What it is about, in a few sentences."),
        lambda told, record: said(record.summary),
        60,
    ),
)
SHARED = (
    SheetColumn(
        label_of("code"), _("Code of the initiative."), lambda told, part: told.record.code
    ),
    SheetColumn(_("initiative"), _("Its name."), lambda told, part: told.title, _NAME),
)
