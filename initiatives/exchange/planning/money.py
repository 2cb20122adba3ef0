"""The columns of money: what belongs to one line of it stands at the same place in each of them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.choices import ChangeAction
from initiatives.exchange.cells import split
from initiatives.exchange.planning.known import demand
from initiatives.models import Funding
from initiatives.models.texts import put_text, text_of

# Column → field of a line of money.
COLUMNS = {
    "funding_types": "type",
    "funding_amount_kinds": "amount_kind",
    "funding_amounts": "amount",
    "funding_amounts_max": "amount_max",
    "funding_currencies": "currency",
    "funding_dates": "date",
    "funding_instruments": "instrument",
    "funding_providers": "provider",
    "funding_provider_countries": "provider_country",
    "funding_receivers": "receiver",
}
_POINTING = {"provider": "organisation", "receiver": "organisation", "provider_country": "country"}


def money_edits(cells, row, known, problems):
    """The edits that make the lines of money those of the cells; lines that are not named go."""
    given = {name: split(cells[name]) for name in COLUMNS if name in cells}
    if not given:
        return []
    stored = {line.number: line for line in row.funding.all()}
    numbers = _numbers(cells, stored, max(map(len, given.values())), problems)
    if _uneven(given, len(numbers), problems):
        return []
    edits = [_gone(row, line) for number, line in stored.items() if number not in numbers]
    for place, number in enumerate(numbers):
        texts = {COLUMNS[name]: (name, values[place]) for name, values in given.items() if values}
        line = stored.get(number) or Funding(initiative=row, number=number)
        edits += _line_edits(row, line, texts, known, problems)
    return edits


def _numbers(cells, stored, count, problems):
    """The number of each line; without the column, they are those that are stored, in order."""
    texts = split(cells.get("funding_numbers", ""))
    if texts and all(text.isdecimal() and 0 < int(text) < 10_000 for text in texts):
        if len(set(texts)) == len(texts):
            return [int(text) for text in texts]
    if texts:
        problems["funding_numbers"] = _("Give each line of money a number of its own, such as 1|2.")
    known = sorted(stored)[:count]
    top = max(stored, default=0)
    return known + list(range(top + 1, top + 1 + count - len(known)))


def _uneven(given, count, problems):
    """A column may be empty as a whole; else it says something of each line."""
    for name, values in given.items():
        if values and len(values) != count:
            message = _("Here are %(here)d values for %(lines)d lines of money.")
            problems[name] = message % {"here": len(values), "lines": count}
    return any(name in problems for name in (*given, "funding_numbers"))


def _line_edits(row, line, texts, known, problems):
    before = {name: text_of(line, name) for name in texts} if line.pk else dict.fromkeys(texts)
    for name, (column, text) in texts.items():
        _put(line, name, column, text.strip(), known, problems)
    if any(column in problems for column, _text in texts.values()):
        return []
    _check(line, problems)
    after = {name: text_of(line, name) for name in (texts if line.pk else _ALL)}
    fields = {
        name: [before.get(name), text] for name, text in after.items() if before.get(name) != text
    }
    key = [row.code, line.number]
    if line.pk:
        action = ChangeAction.CHANGED
    else:
        action = ChangeAction.CREATED
        fields |= {"initiative": [None, row.code], "number": [None, str(line.number)]}
    return [{"model": "funding", "key": key, "action": action, "fields": fields}] if fields else []


_ALL = tuple(COLUMNS.values())


def _put(line, name, column, text, known, problems):
    try:
        if text and name in _POINTING:
            demand(text, getattr(known, _POINTING[name]))
        elif text:
            Funding._meta.get_field(name).clean(text, line)
        put_text(line, name, text or None)
    except ValidationError as wrong:
        problems[column] = " ".join(wrong.messages)


def _check(line, problems):
    """What the line says as a whole, such as a range without its upper end."""
    try:
        line.clean_fields(exclude={"initiative"})
        line.validate_constraints(exclude={"initiative"})
    except ValidationError as wrong:
        problems["funding_amounts"] = " ".join(wrong.messages)


def _gone(row, line):
    names = ("initiative", "number", *_ALL)
    fields = {name: [text_of(line, name), None] for name in names}
    key = [row.code, line.number]
    return {"model": "funding", "key": key, "action": ChangeAction.DELETED, "fields": fields}
