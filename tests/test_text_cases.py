"""Files whose texts are not what they look like, through the command that brings them in."""

import json
import unicodedata
from pathlib import Path

import pytest
from django.core.management import call_command

from initiatives.models import Initiative
from tests.shared_rows import shared_rows

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent / "data" / "cases"
FIXTURES = sorted(map(str, (Path(__file__).parents[1] / "fixtures").glob("*.json")))


@pytest.fixture(scope="module")
def first_data(django_db_setup, django_db_blocker):
    with shared_rows(django_db_blocker):
        call_command("loaddata", *FIXTURES, verbosity=0)
        yield


@pytest.fixture
def bring_in(first_data, tmp_path, capsys):
    def run(name, *options):
        """The only row of what is reported, and the exit code."""
        report = tmp_path / "report.json"
        code = 0
        try:
            call_command("import_initiatives", str(CASES / name), *options, report=str(report))
        except SystemExit as end:
            code = end.code
        return json.loads(report.read_text())["rows"][0], code

    return run


def stored(code, name):
    return getattr(Initiative.objects.get(code=code), name)


def test_letters_that_were_lost_in_windows_1251_are_told_and_never_stored(bring_in):
    row, code = bring_in("b01_kk_lost_in_1251.csv", "--apply", "--confirm-encoding")
    assert (row["row"], row["action"], code) == (2, "error", 1)
    assert "Letters were lost" in row["cells"]["title_kk"]["error"]
    assert "CSV UTF-8 or XLSX" in row["cells"]["title_kk"]["error"]
    assert "?" not in stored("CI-2025-0001", "title_kk")


def test_an_error_value_of_a_spreadsheet_is_refused_as_a_text(bring_in):
    row, code = bring_in("b04_excel_error_text.csv", "--apply")
    assert (row["action"], code) == ("error", 1)
    assert "“#NAME?” is an error of a spreadsheet" in row["cells"]["title_en"]["error"]
    assert stored("CI-2025-0001", "title_en") != "#NAME?"


def test_a_title_in_parts_is_the_stored_title(bring_in):
    text = (CASES / "b05_nfd.csv").read_text()
    assert not unicodedata.is_normalized("NFC", text)
    row, code = bring_in("b05_nfd.csv")
    assert (row["action"], row["cells"], row["notes"], code) == ("unchanged", {}, [], 0)


def test_a_text_that_was_encoded_twice_is_told_with_the_right_one(bring_in):
    row, code = bring_in("b06_mojibake.csv", "--apply")
    assert (row["action"], code) == ("error", 1)
    assert "encoded twice" in row["cells"]["title_ru"]["error"]
    assert "“Проект”" in row["cells"]["title_ru"]["error"]


def test_a_cyrillic_letter_in_a_code_is_named_and_the_code_suggested(bring_in):
    row, code = bring_in("b07_homoglyph.csv", "--apply")
    assert (row["action"], code) == ("error", 1)
    told = row["cells"]["countries_roles"]["error"]
    assert "“К”, is a Cyrillic letter" in told
    assert "Did you mean “KZ”?" in told


def test_controls_of_direction_are_taken_out_and_told(bring_in):
    row, code = bring_in("b08_bidi_override.csv", "--apply")
    assert (row["action"], code) == ("update", 0)
    assert any("title_en" in note and "U+202E" in note for note in row["notes"])
    assert stored("CI-2025-0013", "title_en") == "Signed 2027 with 3 of 7 parts"


def test_a_code_with_a_space_without_width_is_taken_as_the_code_and_told(bring_in):
    row, code = bring_in("b13_zwsp.csv", "--apply")
    assert code == 0
    assert row["action"] in ("unchanged", "update")
    assert any("main_sector" in note and "U+200B" in note for note in row["notes"])
    sector = Initiative.objects.get(code="CI-2025-0017").sectors.get(is_main=True).sector
    assert sector.slug == "agriculture"
