"""One element `iati-activity` as an `Activity`."""

from collections.abc import Iterator
from datetime import date

from lxml.etree import _Element

from initiatives.exchange.iati.reading.activities import (
    Activity,
    ActivityBudget,
    Description,
    Document,
    Participant,
    Related,
    Share,
    Side,
    Texts,
    Transaction,
)
from initiatives.exchange.iati.reading.codes import codes_of
from initiatives.exchange.iati.reading.values import Reader, raw
from initiatives.text.plain_text import clean

_GENERAL = "1"  # of a description that does not say its type
_DAC = "1"
_TRUE = ("1", "true")
_DATES = ("1", "2", "3", "4")
_ROLES = ("1", "2", "3", "4")
_PARENT = "1"


def as_activity(element: _Element) -> Activity:
    read = Reader(element)
    dates, date_texts = _dates(read, element)
    return Activity(
        line=element.sourceline or 0,
        identifier=_identifier(read, element),
        reporting=read.side(element.find("reporting-org")) or Side(),
        is_secondary=raw(element.find("reporting-org"), "secondary-reporter") in _TRUE,
        titles=read.texts(element.find("title")),
        descriptions=tuple(_description(read, one) for one in element.iterfind("description")),
        status=read.code(element, "activity-status"),
        dates=dates,
        date_texts=date_texts,
        participants=tuple(_participants(read, element)),
        countries=read.shares(element, "recipient-country"),
        sectors=read.shares(element, "sector", _DAC),
        transactions=tuple(_transaction(read, one) for one in element.iterfind("transaction")),
        budgets=tuple(_budget(read, one) for one in element.iterfind("budget")),
        documents=tuple(_document(read, one) for one in element.iterfind("document-link")),
        related=tuple(_parents(read, element)),
        codes=tuple(codes_of(read, element)),
        problems=tuple(read.problems),
        guessed=read.guessed,
        left=read.left,
    )


def _identifier(read: Reader, element: _Element) -> str:
    one = element.find("iati-identifier")
    if one is None:
        return ""
    read.take(one)
    return clean("".join(one.itertext())).strip()


def _description(read: Reader, element: _Element) -> Description:
    return Description(read.attribute(element, "type") or _GENERAL, read.texts(element))


def _dates(read: Reader, element: _Element) -> tuple[dict[str, date], dict[str, Texts]]:
    """Of each type the first; what is of no known type, or a further one, is left."""
    days, texts = {}, {}
    for one in element.iterfind("activity-date"):
        kind = raw(one, "type")
        if kind not in _DATES or kind in days:
            continue
        day = read.day(one)
        if day is not None:
            read.take(one, "type")
            days[kind], texts[kind] = day, read.texts(one)
    return days, texts


def _participants(read: Reader, element: _Element) -> Iterator[Participant]:
    """Those whose role is none of the list are left."""
    for one in element.iterfind("participating-org"):
        if raw(one, "role") in _ROLES:
            role = read.attribute(one, "role")
            yield Participant(read.organisation(one), role, read.leaver(one))


def _parents(read: Reader, element: _Element) -> Iterator[Related]:
    """What it is part of; a second one is left. Its parts and neighbours are codes."""
    for one in element.iterfind("related-activity"):
        if raw(one, "type") == _PARENT and raw(one, "ref"):
            yield Related(read.attribute(one, "ref"), read.attribute(one, "type"))
            return


def _transaction(read: Reader, element: _Element) -> Transaction:
    amount, currency, value_day = read.money(element)
    # The codes of its sectors and countries go into the activity; whose they were is told.
    return Transaction(
        type=read.code(element, "transaction-type"),
        amount=amount,
        currency=currency,
        day=read.day(element.find("transaction-date")),
        value_day=value_day,
        ref=read.attribute(element, "ref"),
        description=read.texts(element.find("description")),
        provider=read.side(element.find("provider-org")),
        receiver=read.side(element.find("receiver-org")),
        finance_type=read.code(element, "finance-type"),
        countries=_left(read.shares(element, "recipient-country")),
        sectors=_left(read.shares(element, "sector", _DAC)),
        leave=read.leaver(element),
        leave_ref=read.leaver(element, "ref"),
    )


def _left(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    for one in shares:
        one.leave()
    return shares


def _budget(read: Reader, element: _Element) -> ActivityBudget:
    amount, currency, value_day = read.money(element)
    return ActivityBudget(
        type=read.attribute(element, "type") or "1",
        status=read.attribute(element, "status") or "1",
        start=read.day(element.find("period-start")),
        end=read.day(element.find("period-end")),
        amount=amount,
        currency=currency,
        value_day=value_day,
        leave=read.leaver(element),
    )


def _document(read: Reader, element: _Element) -> Document:
    languages = element.findall("language")

    def take_language() -> None:
        read.take(languages[0], "code")

    return Document(
        url=read.attribute(element, "url"),
        titles=read.texts(element.find("title")),
        categories=tuple(raw(one, "code") for one in element.iterfind("category")),
        languages=tuple(raw(one, "code").lower() for one in languages),
        day=read.day(element.find("document-date")),
        take_language=take_language,
        leave=read.leaver(element),
    )
