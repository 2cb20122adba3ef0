"""One term for each concept: the glossaries of docs/glossary hold in all that the site says."""

import json
import re
import tomllib

import pytest
from django.conf import settings

from tests.test_catalogues import catalogue, texts

ROOT = settings.BASE_DIR
LANGUAGES = ("en", "ru", "uz", "kk")

pytestmark = pytest.mark.once


def rows(language):
    """Message, its context or None, term, beginnings of words that are never written."""
    lines = (ROOT / f"docs/glossary/{language}.md").read_text().splitlines()
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 4 or set(cells[0]) <= {"-"} or line == header(lines):
            continue
        message, context = re.fullmatch(r"(.+?)(?: \((\w+)\))?", cells[0]).groups()
        yield message, context, cells[1], [word for word in cells[2].split(", ") if word]


def header(lines):
    return next(line for line in lines if line.startswith("|"))


def entries(language):
    """Message and context → the first form of its text."""
    source = catalogue("ru" if language == "en" else language)
    return {
        (entry.msgid, entry.msgctxt): entry.msgid if language == "en" else texts(entry)[0]
        for entry in source
        if not entry.obsolete
    }


def said(language):
    """Each text that a reader meets in the language, with its place."""
    source = catalogue("ru" if language == "en" else language)
    for entry in source:
        forms = [entry.msgid, entry.msgid_plural] if language == "en" else texts(entry)
        yield from ((entry.msgid, form) for form in forms)
    for path in sorted((ROOT / "fixtures").glob("*.json")):
        for row in json.loads(path.read_text()):
            for name, value in row["fields"].items():
                if name.endswith(f"_{language}") and isinstance(value, str):
                    yield f"{path.name} {name}", value
    guide = (ROOT / f"initiatives/desk/admin/guides/texts/{language}.toml").read_text()
    yield from ((f"guide {language}", text) for text in strings(tomllib.loads(guide)))


def strings(value):
    if isinstance(value, str):
        # What stands in braces is a message of the interface, in English by its name.
        yield re.sub(r"\{[^}]*\}", "", value)
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def pattern(beginning):
    return re.compile(r"(?<!\w)" + re.escape(beginning).replace("…", r"\w*"), re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_interface_says_the_term_of_the_glossary(language):
    known = entries(language)
    terms = {(message, context): term for message, context, term, _ in rows(language)}
    assert len(terms) > 20
    wrong = {key: (term, known.get(key)) for key, term in terms.items() if known.get(key) != term}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_says_what_the_glossary_forbids(language):
    never = [word for *_, words in rows(language) for word in words]
    assert never
    found = [
        (word, place, text)
        for place, text in said(language)
        for word in never
        if pattern(word).search(text)
    ]
    assert found == []


def test_a_forbidden_beginning_is_found_in_any_case_and_ending():
    assert pattern("сдвинут… дат").search("О Сдвинутых датах")
    assert not pattern("донор").search("полудонор")
