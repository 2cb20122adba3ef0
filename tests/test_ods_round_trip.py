"""An export that was saved as ODS changes nothing, and LibreOffice is read as it shows."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives.exchange.cells import harmless
from initiatives.exchange.columns import chosen
from initiatives.imports.planning import make_plan
from initiatives.imports.reading import open_table
from initiatives.models import ImportBatch, Initiative
from initiatives.rights import Rights
from tests.desk import address, make_officer, signed_in
from tests.factories import make_funding, make_initiative
from tests.full_records import make_full
from tests.importing import run
from tests.opendocument import document, sheet, text
from tests.reading import table
from tests.register import published

DATA = Path(__file__).parent / "data"


def exported():
    columns = chosen([])
    yield [column.name for column in columns]
    for row in published():
        yield [column.write(row) for column in columns]


def as_cell(value, more=""):
    """A text as LibreOffice writes it: lines are paragraphs, spaces that follow others are tags."""
    lines = escape(value).replace("  ", ' <text:s text:c="1"/>').replace("\t", "<text:tab/>")
    return text(lines.replace("\n", "</text:p><text:p>"), more)


def from_xlsx(value):
    return as_cell(value, 'table:style-name="text"')


def from_csv(value):
    return as_cell(harmless(value))


@pytest.mark.django_db
@pytest.mark.parametrize("cell", [from_xlsx, from_csv])
def test_an_export_that_was_saved_as_ods_changes_nothing(cell):
    texts = {"summary_en": "-5\n=2\n  three   spaces\tx", "title_ru": "+998", "title_uz": "'=1"}
    whole = make_initiative(title_en="=1+1", **texts)
    make_full(make_initiative(parent=whole), 3)
    for amount in ("-5.00", "3.00", "8999999999999.999"):
        make_funding(whole, amount, type="disbursement")
    content = document(sheet(*(map(cell, row) for row in exported())))
    plan = make_plan(table(content), rights=Rights.of_system())
    assert plan.counts["unchanged"] == Initiative.objects.count() == sum(plan.counts.values())


@pytest.mark.once
def test_a_file_of_libreoffice_is_read_as_it_shows():
    found = open_table(DATA / "sheets" / "libreoffice.ods")
    first, second, third = found
    assert first.cells == {
        "code": "CI-2025-0001",
        "title_en": "A & b\nsecond  two",
        "planned_end": "2027-05-14",
        "actual_start": "2027-05",
        "sectors": "trade",
        "sectors_percents": "33.00",
        "funding_amounts": "5000000.50",
        "funding_currencies": "USD",
    }
    assert (second.cells["title_en"], second.cells["planned_end"]) == ("x", "2027")
    assert (second.cells["sectors_percents"], second.cells["funding_amounts"]) == ("25.00", "2.00")
    assert [(one.column, "#DIV/0!" in one.message) for one in third.problems] == [
        ("title_en", True)
    ]
    assert dict(found.facts()) == {
        "Format": "ODS",
        "Sheet": "Data",
        "Sheets not read": "Пояснения",
        "Hidden sheets, not read": "H",
        "Header": "stable names, row 3",
        "Above the header, not read": "row 1: Реестр инициатив 2026",
        "Hidden columns, read as well": "actual_start",
    }
    assert found.hidden_rows == [(5, 5)]


@pytest.mark.django_db
def test_the_command_reads_ods_and_tells_what_it_did_not_read(tmp_path):
    make_initiative("CI-2025-0001", title_en="Bridge")
    file = tmp_path / "table.ods"
    hidden = sheet([text("code")], style="hidden", name="Old")
    file.write_bytes(
        document(
            hidden, sheet([text("code"), text("title_en")], [text("CI-2025-0001"), text("Dam")])
        )
    )
    code, told = run(str(file), "--apply")
    assert (code, "Hidden sheets, not read: Old" in told) == (0, True)
    assert Initiative.objects.get().title_en == "Dam"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["table.ods", "table.xlsx", "table"])
def test_the_desk_reads_ods_whatever_its_name(name):
    content = document(sheet([text("title_en"), text("kind")], [text("A"), text("other")]))
    desk = signed_in(make_officer())
    desk.post(address("importbatch", "send"), {"file": SimpleUploadedFile(name, content)})
    assert ImportBatch.objects.get().counts["create"] == 1
    page = desk.get(address("importbatch", "send")).content.decode()
    assert ".ods" in page


@pytest.mark.django_db
def test_hidden_rows_are_told_with_the_file():
    hidden = sheet(
        [text("title_en")],
        f'<table:table-row table:visibility="filter">{text("A")}</table:table-row>',
    )
    plan = make_plan(table(document(hidden)), rights=Rights.of_system())
    assert ["Hidden rows, read as well", "2"] in plan.facts()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "code", "field", "value"),
    [
        ("b15_hidden_sheet.xlsx", "CI-2025-0017", "title_en", "from the sheet that is seen"),
        ("b16_instructions_first.xlsx", "CI-2025-0018", "title_en", "second sheet"),
    ],
)
def test_the_cases_of_sheets_are_applied_rightly(name, code, field, value):
    made = [make_initiative(one) for one in ("CI-2025-0017", "CI-2025-0018")]
    assert run(str(DATA / "cases" / name), "--apply")[0] == 0
    assert [getattr(Initiative.objects.get(pk=one.pk), field) == value for one in made] == [
        one.code == code for one in made
    ]
