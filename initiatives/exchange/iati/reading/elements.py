"""One element `iati-activity` as an `Activity`."""

from initiatives.exchange.iati.reading.activities import (
    Activity,
    Budget,
    Document,
    Identifier,
    Participant,
    Related,
    Side,
    Transaction,
)
from initiatives.exchange.iati.reading.unmapped import unmapped
from initiatives.exchange.iati.reading.values import Reader, attribute, code_of
from initiatives.plain_text import clean

_GENERAL = "1"  # of a description that does not say its type
_DAC = "1"
_TRUE = ("1", "true")


def as_activity(element) -> Activity:
    read = Reader(element)
    return Activity(
        line=element.sourceline or 0,
        identifier=clean(element.findtext("iati-identifier", "")).strip(),
        reporting=read.side(element.find("reporting-org")) or Side(),
        is_secondary=attribute(element.find("reporting-org"), "secondary-reporter") in _TRUE,
        titles=read.texts(element.find("title")),
        descriptions=_descriptions(read, element),
        status=code_of(element, "activity-status"),
        dates=_dates(read, element),
        date_texts={
            attribute(one, "type"): read.texts(one) for one in element.iterfind("activity-date")
        },
        participants=tuple(
            Participant(read.side(one), attribute(one, "role"))
            for one in element.iterfind("participating-org")
        ),
        countries=read.shares(element, "recipient-country"),
        regions=read.shares(element, "recipient-region", _DAC),
        sectors=read.shares(element, "sector", _DAC),
        transactions=tuple(_transaction(read, one) for one in element.iterfind("transaction")),
        budgets=tuple(_budget(read, one) for one in element.iterfind("budget")),
        documents=tuple(_document(read, one) for one in element.iterfind("document-link")),
        related=tuple(
            Related(attribute(one, "ref"), attribute(one, "type"))
            for one in element.iterfind("related-activity")
        ),
        identifiers=tuple(
            Identifier(
                attribute(one, "ref"), attribute(one, "type"), read.side(one.find("owner-org"))
            )
            for one in element.iterfind("other-identifier")
        ),
        language=read.language,
        default_currency=read.currency,
        problems=tuple(read.problems),
        unmapped=unmapped(element),
    )


def _descriptions(read, element):
    found = {}
    for one in element.iterfind("description"):
        kind = attribute(one, "type") or _GENERAL
        for code, text in read.texts(one).items():
            told = found.setdefault(kind, {})
            told[code] = f"{told[code]}\n\n{text}" if code in told else text
    return found


def _dates(read, element):
    days = {attribute(one, "type"): read.day(one) for one in element.iterfind("activity-date")}
    return {kind: day for kind, day in days.items() if day is not None}


def _transaction(read, element) -> Transaction:
    amount, currency, value_day = read.money(element)
    return Transaction(
        type=code_of(element, "transaction-type"),
        amount=amount,
        currency=currency,
        day=read.day(element.find("transaction-date")),
        value_day=value_day,
        ref=attribute(element, "ref"),
        description=read.texts(element.find("description")),
        provider=read.side(element.find("provider-org")),
        receiver=read.side(element.find("receiver-org")),
        finance_type=code_of(element, "finance-type"),
        countries=read.shares(element, "recipient-country"),
        regions=read.shares(element, "recipient-region", _DAC),
        sectors=read.shares(element, "sector", _DAC),
    )


def _budget(read, element) -> Budget:
    amount, currency, value_day = read.money(element)
    return Budget(
        type=attribute(element, "type") or "1",
        status=attribute(element, "status") or "1",
        start=read.day(element.find("period-start")),
        end=read.day(element.find("period-end")),
        amount=amount,
        currency=currency,
        value_day=value_day,
    )


def _document(read, element) -> Document:
    return Document(
        url=attribute(element, "url"),
        format=attribute(element, "format"),
        titles=read.texts(element.find("title")),
        categories=tuple(attribute(one, "code") for one in element.iterfind("category")),
        languages=tuple(attribute(one, "code").lower() for one in element.iterfind("language")),
        day=read.day(element.find("document-date")),
    )
