"""Attributes, texts and days of elements."""

import re
from collections import Counter
from datetime import date

from lxml.etree import _Element

from initiatives.exchange.iati.reading.activities import Share, Side, Texts
from initiatives.exchange.iati.reading.languages import guessed, language_of
from initiatives.exchange.iati.reading.taken import LANG, Taken
from initiatives.notation import stands_for_none
from initiatives.partial_dates import PartialDate
from initiatives.text.plain_text import clean, names, taken_out

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*|Z|[+-]\d\d:\d\d)?", re.ASCII | re.DOTALL)


class Reader(Taken):
    """Reads the parts of one activity and collects what it could not read.

    `guessed` counts the texts that do not say their language, by the one that they are taken for.
    """

    def __init__(self, activity: _Element) -> None:
        super().__init__(activity)
        self.problems: list[str] = []
        self.guessed: Counter[str] = Counter()

    def attribute(self, element: _Element | None, name: str) -> str:
        """The attribute, which is taken by that."""
        value = raw(element, name)
        if value:
            self.take(element, name)
        return value

    def code(self, element: _Element, tag: str) -> str:
        return self.attribute(element.find(tag), "code")

    def texts(self, element: _Element | None) -> Texts:
        """The narratives of an element, which are taken when somebody uses them.

        Of two in one language the first; a second one that says something else is left.
        """
        found = Texts()
        if element is None:
            return found
        for narrative in element.iterfind("narrative"):
            whole = "".join(narrative.itertext())
            if signs := taken_out(whole):
                self.problems.append(f"{element.tag}: {names(signs)}")
            text = clean(whole).strip()
            if text:
                self._add(found, narrative, text)
        return found

    def _add(self, found: Texts, narrative: _Element, text: str) -> None:
        holder = self._holder(narrative)
        tag = "" if holder is None else clean(holder.get(LANG)).strip()
        code = language_of(tag, text) if tag else guessed(text)

        def take() -> None:
            self.take(narrative)
            if holder is None:
                self.guessed[code] += 1
            else:
                self.take(holder, LANG)

        found.add(code, text, take)

    def _holder(self, element: _Element | None) -> _Element | None:
        """What says its language: itself, or what it stands in."""
        while element is not None and not element.get(LANG, "").strip():
            element = element.getparent()
        return element

    def day(self, element: _Element | None, name: str = "iso-date") -> date | None:
        """The day, which is taken; one that cannot be read is named among the problems."""
        if element is None:
            return None
        text = raw(element, name)
        match = _DAY.fullmatch(text)
        try:
            found = date.fromisoformat(match[1]) if match else None
        except ValueError:
            found = None
        if found is not None and stands_for_none(PartialDate(found)):
            found = None
        if found is None and text:
            self.problems.append(f"{element.tag}/@{name}: {text[:40]}")
        elif found is not None and match is not None and match[1] == text:
            self.take(element, name)
        return found

    def money(self, element: _Element) -> tuple[str, str, date | None]:
        """Digits, currency and day of the `value` in an element."""
        value = element.find("value")
        if value is None:
            return "", "", None
        self.take(value)
        currency = self.attribute(value, "currency")
        if not currency:
            currency = self.attribute(self._activity, "default-currency")
        digits = clean("".join(value.itertext())).strip()
        return digits, currency.upper(), self.day(value, "value-date")

    def side(self, element: _Element | None) -> Side | None:
        """An organisation; its type is taken when it is used."""
        return None if element is None else self.organisation(element)

    def organisation(self, element: _Element) -> Side:
        """The same of an element that is there."""
        kind = raw(element, "type")

        def take_type() -> None:
            if kind:
                self.take(element, "type")

        return Side(self.attribute(element, "ref"), kind, self.texts(element), take_type)

    def shares(self, element: _Element, tag: str, vocabulary: str = "") -> tuple[Share, ...]:
        """`vocabulary` is the one that is meant where the file names none."""
        return tuple(self._share(one, vocabulary) for one in element.iterfind(tag))

    def _share(self, one: _Element, vocabulary: str) -> Share:
        return Share(
            self.attribute(one, "code"),
            self.attribute(one, "percentage"),
            self.attribute(one, "vocabulary") or vocabulary,
            self.texts(one),
            self.attribute(one, "vocabulary-uri"),
            self.leaver(one),
            self.leaver(one, "percentage"),
        )


def raw(element: _Element | None, name: str) -> str:
    return "" if element is None else clean(element.get(name, "")).strip()
