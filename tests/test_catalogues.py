"""The interface is complete in all four languages: nothing is missing, doubtful or broken."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "uz", "kk")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+")
PARTS = ("initiatives", "tracker", "templates", "static", "locale", "manage.py")

pytestmark = pytest.mark.once


def catalogue(language, root=ROOT):
    return polib.pofile(str(root / f"locale/{language}/LC_MESSAGES/django.po"))


def texts(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def names(catalogue):
    return {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    assert entries
    assert [one.msgid for one in entries if one.fuzzy or not all(texts(one))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_stands_in_every_translation(language):
    broken = [
        entry.msgid
        for entry in catalogue(language)
        for text in texts(entry)
        if not entry.msgid_plural
        and sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(entry.msgid))
    ]
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_names_its_number(language):
    for entry in catalogue(language):
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural)) if entry.msgid_plural else set()
        assert all(wanted <= set(PLACEHOLDER.findall(text)) for text in texts(entry)), entry.msgid


def test_uzbek_marks_o_and_g_with_a_comma_of_their_own_and_the_glottal_stop_with_another():
    """U+02BB after o and g alone, U+02BC after other letters; no quotation mark inside a word."""
    wrong = re.compile(r"\w['`´‘’]\w|(?<![OoGg])ʻ|[OoGg]ʼ")
    written = [text for entry in catalogue("uz") for text in texts(entry)]
    for path in sorted(ROOT.glob("fixtures/*.json")):
        fields = [one["fields"] for one in json.loads(path.read_text(encoding="utf-8"))]
        written += [str(one[name]) for one in fields for name in one if name.endswith("_uz")]
    assert [text for text in written if wrong.search(text)] == []


def test_uzbek_is_in_latin_and_russian_and_kazakh_are_in_cyrillic():
    uzbek = [e.msgid for e in catalogue("uz") if re.search("[а-яА-ЯёЁ]", "".join(texts(e)))]
    assert uzbek == []
    for language in ("ru", "kk"):
        letters = "".join("".join(texts(entry)) for entry in catalogue(language))
        assert len(re.findall("[а-яәғқңөұүһі]", letters)) > len(letters) / 2


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """The catalogues as `make messages` would make them from the sources of now."""
    if shutil.which("xgettext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("gettext is not installed; .ci/run installs it")
        pytest.skip("needs gettext: apt install gettext")
    copy = tmp_path_factory.mktemp("sources")
    for part in PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / part)
    command = ["manage.py", "makemessages", "--domain", "django", "--ignore", "static/vendor/*"]
    languages = [word for language in LANGUAGES for word in ("--locale", language)]
    environment = {**os.environ, "ENVIRONMENT": "local", "SECRET_KEY": "extract" * 5}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(
        [sys.executable, *command, *languages],
        cwd=copy,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return copy


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_sources_is_missing_in_the_catalogue(language, extracted):
    assert names(catalogue(language, extracted)) - names(catalogue(language)) == set()
