"""What officers gave to a line of money stays with that line when a file comes again."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import actions
from initiatives.models import Citation, Funding, ImportBatch
from tests.factories import cite, make_funding, make_initiative, make_source
from tests.importing import CODE, applied, as_file, lists, outcomes, plan_of, run
from tests.reading import as_xlsx

FILES = Path(__file__).parent / "data" / "imports"
PAYMENT = {"type": "disbursement", "currency": "USD"}
_lists = lists


def imported(name):
    assert run(str(FILES / name), "--apply")[0] == 0


def evidence():
    """The amount of the line to which each citation belongs."""
    return {
        one.locator: str(one.funding.amount)
        for one in Citation.objects.filter(initiative=None)
        if one.funding is not None
    }


def money():
    return [str(amount) for amount in Funding.objects.values_list("amount", flat=True)]


@pytest.fixture
def paid():
    """A record with a payment of 100 and one of 50, each with its evidence."""
    made = make_initiative(CODE, publication="draft")
    cite(make_funding(made, "100", date="2021-01", **PAYMENT), locator="of 100")
    cite(make_funding(made, "50", date="2022-01", **PAYMENT), locator="of 50")
    return made


def line(amount, day, kind="disbursement", **cells):
    return {
        "funding_types": kind,
        "funding_amounts": amount,
        "funding_currencies": "USD",
        "funding_dates": day,
        **cells,
    }


def row(*lines, **cells):
    joined = {name: "|".join(one[name] for one in lines) for name in lines[0]}
    return {"code": CODE} | joined | cells


HUNDRED, FIFTY = line("100.00", "2021-01"), line("50.00", "2022-01")
BEFORE = line("10.00", "2020-06", "commitment")


@pytest.mark.parametrize("undone", [False, True])
def test_a_transaction_that_was_put_before_others_leaves_each_its_evidence(undone):
    imported("b17_iati_first.xml")
    cite(Funding.objects.get(amount="100.00"), make_source(), locator="of 100")
    imported("b17_iati_then_inserted.xml")
    assert sorted(money()) == ["10.00", "100.00", "50.00"]
    assert evidence() == {"of 100": "100.00"}
    if undone:
        assert run("--undo", str(ImportBatch.objects.first().pk))[0] == 0
    assert evidence() == {"of 100": "100.00"}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("numbers", [(), ("1", "2", "3")], ids=["no numbers", "numbers by place"])
def test_a_line_before_others_leaves_each_its_evidence(paid, kind, numbers, tmp_path):
    cells = row(BEFORE, HUNDRED, FIFTY)
    if numbers:
        cells["funding_numbers"] = "|".join(numbers)
    content = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}[kind]([cells])
    file = tmp_path / "table"
    file.write_bytes(content)
    assert run(str(file), "--apply")[0] == 0
    assert evidence() == {"of 100": "100.00", "of 50": "50.00"}
    assert money() == ["100.00", "50.00", "10.00"]


def as_csv(rows):
    return as_file(rows).getvalue()


def as_json(rows):
    names = {
        "funding_numbers": "number",
        "funding_types": "type",
        "funding_amounts": "amount",
        "funding_currencies": "currency",
        "funding_dates": "date",
    }
    (cells,) = rows
    columns = {name: cells[column].split("|") for column, name in names.items() if column in cells}
    if "number" in columns:
        columns["number"] = list(map(int, columns["number"]))
    places = zip(*columns.values(), strict=True)
    lines = [dict(zip(columns, values, strict=True)) for values in places]
    return json.dumps({"code": CODE, "funding": lines}).encode()


def test_a_corrected_amount_keeps_the_evidence_of_its_line(paid):
    applied(row(BEFORE, FIFTY, line("101.00", "2021-01")))
    assert evidence() == {"of 100": "101.00", "of 50": "50.00"}


def test_a_line_in_another_order_is_no_change(paid):
    assert plan_of(row(FIFTY, HUNDRED)).counts["unchanged"] == 1


def test_a_line_that_goes_is_told_with_its_evidence(paid):
    (planned,) = plan_of(row(HUNDRED, BEFORE)).rows()
    told = [text for _column, text in planned.notes]
    assert told[0].startswith("Line 2 of money is removed: Disbursement: USD 50, 2022-01.")
    assert "Officers had cited for it: Protocol, of 50." in told[0]
    assert "give it the same number" in told[1]


def test_an_import_that_took_a_line_away_gives_it_back_with_its_evidence(paid):
    batch = applied(row(HUNDRED))
    assert evidence() == {"of 100": "100.00"}
    actions.imports.undo(batch, by=None)
    assert evidence() == {"of 100": "100.00", "of 50": "50.00"}


def test_evidence_given_to_a_new_line_is_not_lost_by_an_undo(paid):
    batch = applied(row(BEFORE, HUNDRED, FIFTY))
    cite(Funding.objects.get(amount="10.00"), locator="of 10")
    batch = actions.imports.undo(batch, by=None)
    assert outcomes(batch) == ["left"]
    assert "A source was cited" in batch.rows.get().told
    assert evidence()["of 10"] == "10.00"


def test_evidence_given_to_a_new_draft_is_not_lost_by_an_undo():
    batch = applied({"title_en": "New"} | {k: v for k, v in row(HUNDRED).items() if k != "code"})
    citation = Citation(source=make_source(), funding=Funding.objects.get(), locator="of 100")
    actions.save(citation, by=None)
    batch = actions.imports.undo(batch, by=None)
    assert outcomes(batch) == ["left"]
    assert evidence() == {"of 100": "100.00"}


def test_too_few_columns_to_tell_lines_apart_are_refused_with_the_cure(paid):
    (planned,) = plan_of({"code": CODE, "funding_amounts": "7|8"}).rows()
    assert planned.action == "error"
    assert "funding_numbers" in planned.cells["funding_amounts"]["error"]


def test_notes_of_officers_stay_where_another_publisher_says_nothing():
    imported("b17_iati_first.xml")
    stored = Funding.objects.get(amount="100.00")
    Funding.objects.filter(pk=stored.pk).update(note_en="Seen in the ledger")
    imported("b17_iati_then_inserted.xml")
    stored.refresh_from_db()
    assert (str(stored.amount), stored.note_en) == ("100.00", "Seen in the ledger")


def test_the_queries_of_a_plan_do_not_grow_with_lines_or_their_evidence():
    counts = []
    for number in (1, 6):
        made = make_initiative(f"CI-2025-000{number}")
        for place in range(number):
            cite(make_funding(made, str(place + 1), date="2021", **PAYMENT), locator=str(place))
        with CaptureQueriesContext(connection) as captured:
            plan_of(row(FIFTY) | {"code": made.code})
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_reference_finds_its_line_and_is_kept(paid):
    Funding.objects.filter(amount="100").update(reference="T1")
    first = line("77.00", "2024", funding_references="T1")
    applied(row(line("50.00", "2022-01", funding_references="T2"), first))
    assert evidence() == {"of 100": "77.00", "of 50": "50.00"}
    assert [*Funding.objects.values_list("reference", flat=True)] == ["T1", "T2"]
