"""Texts of an activity in the four languages of ours."""

from initiatives.choices import Language
from initiatives.exchange.iati.reading import Texts
from initiatives.text.plain_text import clean_line

MAIN = Language.ENGLISH.value


def ours(texts: Texts) -> dict[str, str]:
    """Those in our languages, which are taken."""
    found = {code: text for code, text in texts.items() if code in Language.values}
    texts.use(*found)
    return found


def ours_or_any(texts: Texts) -> dict[str, str]:
    """The same; if there is none, the first of any language in the place of English."""
    if found := ours(texts):
        return found
    first = next(iter(texts), None)
    if first is None:
        return {}
    texts.use(first)
    return {MAIN: texts[first]}


def line(texts: dict[str, str]) -> dict[str, str]:
    """One line each."""
    return {code: clean_line(text) for code, text in texts.items()}


def first_line(texts: Texts, longest: int) -> tuple[str, str]:
    """The text that stands for all, which is taken, and its language; nothing if it is too long."""
    code = next((code for code in Language.values if code in texts), next(iter(texts), ""))
    text = clean_line(texts.get(code, ""))
    if len(text) > longest:
        return "", ""
    texts.use(code)
    return text, code
