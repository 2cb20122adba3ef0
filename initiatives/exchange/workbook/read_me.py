"""The sheet that tells of the others: what the file is, what was asked for, what is not in it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.exchange.workbook.book import Page, Remarks
from initiatives.exchange.workbook.cells import LinkCell
from initiatives.exchange.workbook.column import SheetDefinition
from initiatives.notation import date_in_words
from initiatives.partial_dates import PartialDate

WIDTHS = (28, 30, 90)


@dataclass(frozen=True, kw_only=True)
class About:
    """What was asked for: `filters` in words, the day `known_on` if it is a past one.

    The register stood at `position` on the day `taken_on`. `page` and `technical` are the absolute
    addresses of the same list as a page and as the file to be imported again.
    """

    taken_on: date
    position: int
    known_on: date | None
    filters: Sequence[str]
    total: int
    page: str
    technical: str


def title() -> str:
    return _("Cooperation initiatives: a spreadsheet for reading")


def write(
    page: Page, title: str, about: About, remarks: Remarks, sheets: Sequence[SheetDefinition]
) -> None:
    """`remarks` are those of the `sheets`, which are written."""
    page.heading(title)
    for label, text in (*_what(about), *_how()):
        page.wrapped([label, "", text])
    for label, address in ((_("Page of this list"), about.page), (_technical(), about.technical)):
        page.add([label, None, LinkCell(address, address)])
    for text in list(_told(remarks)) or [_("Nothing was cut and no row is missing.")]:
        page.wrapped([_("What did not fit"), "", text])
    page.heading(_("The columns"))
    page.heading(_("Sheet"), _("Column"), _("What it is"))
    for sheet in sheets:
        for column in sheet.columns:
            page.wrapped([str(sheet.name), column.title, str(column.meaning)])


def _technical() -> str:
    return _("Technical file")


def _what(about: About) -> Iterator[tuple[str, str]]:
    yield (
        _("What this is"),
        _(
            "The initiatives of a list with their money, milestones, moved dates, history of "
            "statuses and sources, a sheet for each, to be read, sorted and counted."
        ),
    )
    taken = {"day": date_in_words(PartialDate(about.taken_on)), "position": about.position}
    yield _("Downloaded on"), _("%(day)s, at position %(position)s of the public register") % taken
    if about.known_on:
        day = date_in_words(PartialDate(about.known_on))
        yield _("As known on"), _("the end of %(day)s") % {"day": day}
    yield _("Filters"), "; ".join(about.filters) or _("None: all initiatives.")
    yield _("Initiatives"), str(about.total)


def _how() -> Iterator[tuple[str, str]]:
    yield (
        _("To send changes"),
        _(
            "This file is for reading and cannot be imported. Who wants to change records and "
            "send them back takes the technical file, whose address is below."
        ),
    )
    yield (
        _("Dates"),
        _(
            "A date that is known to the day is a date. 2027, 2027-H1 (first half), 2027-Q3 "
            "(third quarter) and 2027-05 are texts, since no day is invented."
        ),
    )
    yield (
        _("Money"),
        _(
            "Amounts are in their own currency (ISO 4217) and exact to the last digit. An "
            "undisclosed amount is empty and is not zero. Pledges, commitments and payments are "
            "never added up."
        ),
    )
    yield (
        _("Languages"),
        _(
            "A text that is not translated stands in another language, which is named behind it. "
            "Titles and words of sources stand in the language of the source."
        ),
    )
    yield (
        _("Not in this file"),
        _(
            "Descriptions, shares, budgets, events and identifiers in other registers: the "
            "technical file, JSON and the pages have them."
        ),
    )
    yield (
        _("Licence"),
        _(
            "The data may be used freely under the licence Creative Commons Attribution 4.0 (CC "
            "BY 4.0), with the name of this site and the sources named in each record."
        ),
    )


def _told(remarks: Remarks) -> Iterator[str]:
    """A sentence for each sheet and each thing that is not there as it stands in the register."""
    for counted, say in (
        (remarks.no_row, _no_row),
        (remarks.cut, _cut),
        (remarks.cleaned, _cleaned),
        (remarks.no_number, _no_number),
        (remarks.no_link, _no_link),
    ):
        yield from (_sentence(say(number), name, number) for name, number in _counted(counted))


def _counted(counted: Counter[str]) -> list[tuple[str, int]]:
    return [(name, number) for name, number in counted.items() if number]


def _sentence(said: str, name: str, number: int) -> str:
    return said % {"sheet": name, "number": number}


def _no_row(number: int) -> str:
    return ngettext(
        "%(sheet)s: %(number)s row had no room. Narrow the list, or download CSV.",
        "%(sheet)s: %(number)s rows had no room. Narrow the list, or download CSV.",
        number,
    )


def _cut(number: int) -> str:
    return ngettext(
        "%(sheet)s: %(number)s text was longer than a cell can hold and says so at its end.",
        "%(sheet)s: %(number)s texts were longer than a cell can hold and say so at their end.",
        number,
    )


def _cleaned(number: int) -> str:
    return ngettext(
        "%(sheet)s: %(number)s text had signs that no cell can hold; they were taken out.",
        "%(sheet)s: %(number)s texts had signs that no cell can hold; they were taken out.",
        number,
    )


def _no_number(number: int) -> str:
    return ngettext(
        "%(sheet)s: %(number)s amount has more digits than a number keeps, and is a text.",
        "%(sheet)s: %(number)s amounts have more digits than a number keeps, and are texts.",
        number,
    )


def _no_link(number: int) -> str:
    return ngettext(
        "%(sheet)s: %(number)s address is a text and no link.",
        "%(sheet)s: %(number)s addresses are texts and no links.",
        number,
    )
