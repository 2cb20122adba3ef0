"""Attributes, texts and days of elements."""

import re
from datetime import date

from initiatives.exchange.iati.reading.activities import Share, Side, Texts
from initiatives.plain_text import clean

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*|Z|[+-]\d\d:\d\d)?", re.ASCII | re.DOTALL)


class Reader:
    """Reads the parts of one activity and collects what it could not read."""

    def __init__(self, activity) -> None:
        self.language = activity.get(_LANG, "").strip().lower()
        self.currency = activity.get("default-currency", "").strip().upper()
        self.problems: list[str] = []

    def texts(self, element) -> Texts:
        """The narratives of an element; of two in one language both, one below the other."""
        found: Texts = {}
        for narrative in () if element is None else element.iterfind("narrative"):
            text = clean("".join(narrative.itertext())).strip()
            code = self._language_of(narrative)
            if text:
                found[code] = f"{found[code]}\n{text}" if code in found else text
        return found

    def _language_of(self, element) -> str:
        """Its own, else that of what it stands in: xml:lang holds for all below."""
        while element is not None:
            if _LANG in element.attrib:
                return element.get(_LANG).strip().lower()
            element = element.getparent()
        return self.language

    def day(self, element, name: str = "iso-date") -> date | None:
        text = attribute(element, name)
        match = _DAY.fullmatch(text)
        try:
            return date.fromisoformat(match[1]) if match else self._unread(element, name, text)
        except ValueError:
            return self._unread(element, name, text)

    def _unread(self, element, name: str, text: str) -> None:
        if text:
            self.problems.append(f"{element.tag}/@{name}: {clean(text)[:40]}")

    def money(self, element) -> tuple[str, str, date | None]:
        """Digits, currency and day of the `value` in an element."""
        value = element.find("value")
        if value is None:
            return "", self.currency, None
        currency = attribute(value, "currency").upper() or self.currency
        digits = clean(" ".join("".join(value.itertext()).split()))
        return digits, currency, self.day(value, "value-date")

    def side(self, element) -> Side | None:
        if element is None:
            return None
        return Side(attribute(element, "ref"), attribute(element, "type"), self.texts(element))

    def shares(self, element, tag: str, vocabulary: str = "") -> tuple[Share, ...]:
        """`vocabulary` is the one that is meant where the file names none."""
        return tuple(
            Share(
                attribute(one, "code"),
                attribute(one, "percentage"),
                attribute(one, "vocabulary") or vocabulary,
                self.texts(one),
            )
            for one in element.iterfind(tag)
        )


def attribute(element, name: str) -> str:
    return "" if element is None else clean(element.get(name, "")).strip()


def code_of(element, tag: str) -> str:
    return attribute(element.find(tag), "code")
