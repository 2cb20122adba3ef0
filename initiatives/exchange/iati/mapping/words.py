"""Texts of an activity in the four languages of ours."""

from initiatives.choices import Language
from initiatives.plain_text import clean_line

MAIN = Language.ENGLISH.value


def ours(texts: dict[str, str]) -> dict[str, str]:
    """Those in our languages; a text without one is taken for English."""
    found = {code: text for code, text in texts.items() if code in Language.values}
    if "" in texts:
        found.setdefault(MAIN, texts[""])
    return found


def ours_or_any(texts: dict[str, str]) -> dict[str, str]:
    """The same; if there is none, the first of any language in the place of English."""
    first = next(iter(texts.values()), "")
    return ours(texts) or ({MAIN: first} if first else {})


def line(texts: dict[str, str], longest: int) -> dict[str, str]:
    """One line each; what is too long ends with an ellipsis."""
    lines = {code: clean_line(text) for code, text in texts.items()}
    return {
        code: text if len(text) <= longest else f"{text[: longest - 1]}…"
        for code, text in lines.items()
    }
