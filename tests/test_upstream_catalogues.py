"""Nothing that Django and its add-ons show is left in English.

Django's own catalogues are thin in Uzbek and thinner in Kazakh; `locale/upstream` holds what they
lack, and what they have wrong. A new version of Django, or a new add-on of Django in
INSTALLED_APPS, that brings new texts makes these tests fail and name the texts.
"""

import datetime
import io
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, get_format
from django.utils.translation.template import templatize

pytestmark = pytest.mark.once

LANGUAGES = ("uz", "kk", "ru")
DOMAINS = ("django", "djangojs")
ADD_ONS = ("django_filters", "modeltranslation")
UPSTREAM = settings.BASE_DIR / "locale" / "upstream"
CATALOGUES = sorted(UPSTREAM.glob("*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}|</?[a-z][^>]*>")
LATIN_WORD = re.compile(r"[a-z]+")
# The same in every language, though the English text has "null character" and "URLs".
KNOWN_LATIN = {"nul", "url"}


def folder_of(package):
    return Path(find_spec(package).origin).parent


def django_packages():
    """`django.conf` and the parts of Django in use."""
    names = (app.name for app in apps.get_app_configs())
    return ["django.conf", *(name for name in names if name.startswith("django."))]


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def forms(entry):
    """All the translated texts of an entry: one, or one per plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@cache
def entries(folder, language, domain):
    """The living entries of a catalogue; none if there is no such catalogue."""
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    return [e for e in polib.pofile(path) if not e.obsolete] if path.exists() else []


def translated(language, domain):
    """Key to texts: what a reader of this language gets, ours above Django's."""
    packages = [*ADD_ONS, *reversed(django_packages())]
    folders = [*(folder_of(package) / "locale" for package in packages), UPSTREAM]
    return {
        key(entry): forms(entry)
        for folder in folders
        for entry in entries(folder, language, domain)
        if not entry.fuzzy and all(forms(entry))
    }


def english_of_django(domain):
    folders = [folder_of(package) / "locale" for package in django_packages()]
    return {key(entry) for folder in folders for entry in entries(folder, "en", domain)}


@cache
def english_of_add_on(package):
    """The texts in the source of a package that ships no English catalogue."""
    files = [f for f in folder_of(package).rglob("*.*") if f.suffix in (".py", ".html")]
    found = set()
    for path in files:
        if "tests" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        source = templatize(text) if path.suffix == ".html" else text
        found |= {m[1] for m in extract("python", io.BytesIO(source.encode()))}
    return {(None, message, "") for message in found}


def texts_of(language):
    """Pairs of key and text: all that a reader of this language gets from Django and add-ons."""
    keys = {d: english_of_django(d) for d in DOMAINS}
    for package in ADD_ONS:
        keys["django"] |= english_of_add_on(package)
    catalogues = {d: translated(language, d) for d in DOMAINS}
    return [(k, text) for d in DOMAINS for k in keys[d] for text in catalogues[d].get(k, ())]


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_django_is_translated(language, domain):
    english = english_of_django(domain)
    assert len(english) > 50  # the catalogues were found
    assert english - translated(language, domain).keys() == set()


@pytest.mark.parametrize(
    ("package", "example"), [("django_filters", "All"), ("modeltranslation", "None")]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_an_add_on_is_translated(language, package, example):
    english = english_of_add_on(package)
    assert (None, example, "") in english
    assert english - translated(language, "django").keys() == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: f"{p.parts[-3]}-{p.stem}")
def test_placeholders_and_tags_are_those_of_the_english_text(path):
    for entry in polib.pofile(path):
        allowed = [sorted(PLACEHOLDER.findall(t)) for t in (entry.msgid, entry.msgid_plural) if t]
        for text in forms(entry):
            assert sorted(PLACEHOLDER.findall(text)) in allowed, entry.msgid


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: f"{p.parts[-3]}-{p.stem}")
def test_a_catalogue_compiles_and_counts_like_django(path):
    language = path.parts[-3]
    catalog = read_po(io.BytesIO(path.read_bytes()))
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    assert len(read_mo(compiled)) == len(catalog)
    djangos = folder_of("django.conf") / "locale" / language / "LC_MESSAGES" / "django.po"
    # Equal rules, or Django keeps two catalogues and the plurals of one hide the other's.
    assert catalog.plural_forms == read_po(io.BytesIO(djangos.read_bytes())).plural_forms


def test_uzbek_has_latin_letters_and_its_own_apostrophes_only():
    texts = [text for _, text in texts_of("uz")]
    assert [t for t in texts if re.search(r"[\u0400-\u04ff]", t)] == []
    # U+02BB in oʻ and gʻ alone, U+02BC for the glottal stop; never a quotation mark.
    assert [t for t in texts if re.search(r"['`‘’]|[OoGg]ʼ|[^OoGg]ʻ", PLACEHOLDER.sub("", t))] == []


def test_kazakh_has_no_latin_words_but_those_of_the_english_text():
    for (_, msgid, plural), text in texts_of("kk"):
        known = {*LATIN_WORD.findall((msgid + plural).lower()), *KNOWN_LATIN}
        assert set(LATIN_WORD.findall(PLACEHOLDER.sub("", text).lower())) <= known, text
        assert not re.search(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]", text), text


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("kk", "DATE_FORMAT", "2025 ж. 14 мамыр"),
        ("kk", "YEAR_MONTH_FORMAT", "2025 ж. мамыр"),
        ("kk", "MONTH_DAY_FORMAT", "14 мамыр"),
        ("kk", "SHORT_DATE_FORMAT", "14.05.2025"),
        ("uz", "DATE_FORMAT", "14-may, 2025-yil"),
        ("uz", "YEAR_MONTH_FORMAT", "may, 2025-yil"),
        ("ru", "DATE_FORMAT", "14 мая 2025 г."),
        ("ru", "MONTH_DAY_FORMAT", "14 мая"),
    ],
)
def test_a_date_reads_as_it_is_written_in_the_language(language, name, expected):
    with translation.override(language):
        assert date_format(datetime.date(2025, 5, 14), name) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_weeks_follow_the_language(language):
    names = ("DECIMAL_SEPARATOR", "THOUSAND_SEPARATOR", "NUMBER_GROUPING", "FIRST_DAY_OF_WEEK")
    assert [get_format(name, language) for name in names] == [",", "\xa0", 3, 1]
    assert {"%d.%m.%Y", "%Y-%m-%d"} <= set(get_format("DATE_INPUT_FORMATS", language))
