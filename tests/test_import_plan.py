"""What a file would do, before anything is written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import Change, ExternalId, Initiative, Sector
from tests import importing
from tests.desk import make_desk, make_officer
from tests.factories import (
    add_country,
    make_funding,
    make_initiative,
    make_organisation,
    make_status_change,
)
from tests.importing import CODE, NEW, applied, errors, only_error, plan_of

pytestmark = pytest.mark.django_db
lists = importing.lists
bridge = importing.bridge


def only(*rows, by=None):
    (row,) = plan_of(*rows, by=by).rows()
    return row


def test_a_row_without_a_key_is_to_be_made():
    row = only(NEW | {"external_ids": ""})
    assert (row.action, row.key) == ("create", "")


def test_a_title_is_no_key(bridge):
    assert only({"title_en": "Bridge"}).action == "create"


def test_a_code_is_a_key(bridge):
    row = only({"code": CODE, "title_en": "Long bridge"})
    assert (row.action, row.key) == ("update", CODE)
    assert row.cells == {"title_en": {"old": "Bridge", "new": "Long bridge"}}


def test_an_identifier_is_a_key(bridge):
    ExternalId.objects.create(initiative=bridge, scheme="wb", value="P1")
    row = only({"external_ids": "wb:P1", "title_en": "Long bridge"})
    assert (row.action, row.key, row.initiative) == ("update", "wb:P1", bridge.pk)


def test_columns_that_are_not_in_the_file_stay_as_they_are(bridge):
    assert only({"code": CODE, "title_en": "Bridge"}).action == "unchanged"


def test_an_empty_cell_empties_the_value(bridge):
    bridge.actual_end = "2027"
    bridge.save()
    row = only({"code": CODE, "actual_end": ""})
    assert row.edits[0]["fields"] == {"actual_end": ["2027", None]}


@pytest.mark.parametrize(
    ("cells", "column", "cure"),
    [
        ({"title_en": ""}, "title_en", "Give a title"),
        ({"kind": "agrement"}, "kind", "Did you mean “agreement”?"),
        ({"countries_roles": "UX:party"}, "countries_roles", "Did you mean “UZ”?"),
        ({"sectors": "enrgy", "main_sector": ""}, "sectors", "Did you mean “energy”?"),
        ({"sectors": "energy|energy"}, "sectors", "is given twice"),
        (
            {"countries_percents": "UZ:party:60|UZ:party:50|KZ:party:50"},
            "countries_percents",
            "given twice in one role",
        ),
        ({"sectors_percents": "60"}, "sectors_percents", "Give one to each"),
        ({"main_sector": "transport"}, "main_sector", "one of the sectors"),
        ({"funding_currencies": "EURR|"}, "funding_currencies", "Did you mean “EUR”?"),
        ({"funding_amount_kinds": "range|undisclosed"}, "funding_amounts_max", "upper amount"),
        ({"funding_amounts": "|"}, "funding_amounts", "undisclosed is not zero"),
        ({"funding_amounts": "1"}, "funding_amounts", "There are 1 values here for 2 lines"),
        ({"status_source": "protocl"}, "status_source", "Did you mean “protocol”?"),
        ({"status_source": ""}, "status", "Name a source"),
        ({"parent": "CI-1999-0001"}, "parent", "neither stored nor in this file"),
        ({"planned_end": "soon"}, "planned_end", "is not a date"),
    ],
)
def test_a_wrong_cell_is_told_with_its_cure(cells, column, cure):
    found = errors(NEW | {"funding_amounts_max": "", "parent": ""} | cells)
    assert [(number, name) for number, name, _message in found] == [(2, column)]
    assert cure in found[0][2]


def test_percents_that_do_not_give_100_are_a_finding():
    row = only(NEW | {"sectors_percents": "60|30"})
    assert row.action == "create"
    assert "90, not 100" in row.cells["sectors_percents"]["finding"]
    assert row.notes == [["sectors_percents", "The percents give 90, not 100."]]


def test_a_main_sector_that_goes_without_being_named_is_told(bridge):
    bridge.sectors.update(sector=Sector.objects.get(slug="energy"))
    row = only({"code": CODE, "sectors": "water"})
    assert row.action == "update"
    assert row.notes == [
        [
            "sectors",
            "“energy” was the main sector, and now there is none. Name one in the column"
            " main_sector.",
        ]
    ]
    assert only({"code": CODE, "sectors": "energy|water"}).notes == []
    assert only({"code": CODE, "sectors": "water", "main_sector": "water"}).notes == []


def test_one_record_stands_once_in_a_file(bridge):
    ExternalId.objects.create(initiative=bridge, scheme="wb", value="P1")
    rows = [{"code": CODE, "external_ids": ""}, {"code": "", "external_ids": "wb:P1"}]
    assert [(row, column) for row, column, _ in errors(*rows)] == [(2, "code"), (3, "code")]


def test_an_identifier_stands_once_in_a_file(bridge):
    rows = [{"code": CODE, "external_ids": "wb:P1"}, {"code": "", "external_ids": "wb:P1"}]
    assert [row for row, *_ in errors(*(row | {"title_en": "A"} for row in rows))] == [2, 3]


def test_a_record_above_may_come_later_in_the_file():
    rows = [
        {"title_en": "Part", "parent": "wb:P9", "external_ids": ""},
        {"title_en": "Whole", "external_ids": "wb:P9"},
    ]
    assert errors(*rows) == []
    applied(*rows)
    assert Initiative.objects.get(title_en="Part").parent.title_en == "Whole"


def test_a_record_above_that_has_errors_is_told_below():
    rows = [
        {"title_en": "Part", "parent": "wb:P9", "external_ids": "", "kind": "other"},
        {"title_en": "Whole", "external_ids": "wb:P9", "kind": "zzz"},
    ]
    assert ("parent", "Row 3, which makes the initiative above this one, has errors.") in [
        found[1:] for found in errors(*rows)
    ]


def test_a_circle_of_records_is_refused(bridge):
    make_initiative("CI-2025-0002", parent=make_initiative("CI-2025-0003"))
    rows = [{"code": CODE, "parent": "CI-2025-0002"}, {"code": "CI-2025-0003", "parent": CODE}]
    assert {number for number, _column, _message in errors(*rows)} == {2, 3}


def test_what_merely_hangs_below_a_circle_is_no_error(bridge):
    rows = [{"code": CODE, "parent": "CI-2025-0002"}, {"code": "CI-2025-0003", "parent": CODE}]
    make_initiative("CI-2025-0002")
    make_initiative("CI-2025-0003")
    assert errors(*rows) == []


def test_only_the_column_that_changed_is_followed(bridge):
    add_country(bridge, "KZ", role="host")
    row = only({"code": CODE, "parties": "UZ|KG", "countries": "KZ|UZ"})
    changed = [(edit["action"], edit["key"][1:]) for edit in row.edits]
    assert changed == [("deleted", ["KZ", "party"]), ("created", ["KG", "party"])]


def test_a_line_of_money_keeps_what_the_file_does_not_tell(bridge):
    make_funding(bridge, "5", provider=make_organisation("bank"))
    row = only({"code": CODE, "funding_numbers": "1", "funding_amounts": "6"})
    (edit,) = row.edits
    assert edit["fields"] == {"amount": ["5.00", "6.00"]}


def test_lines_of_money_without_numbers_are_taken_in_their_order(bridge):
    make_funding(bridge, "5")
    row = only(
        {
            "code": CODE,
            "funding_types": "commitment|pledge",
            "funding_amounts": "5|7",
            "funding_currencies": "USD|USD",
        }
    )
    assert [(edit["action"], edit["key"]) for edit in row.edits] == [("created", [CODE, 2])]


def test_a_line_of_money_does_not_go_without_its_number(bridge):
    make_funding(bridge, "5")
    make_funding(bridge, "6")
    assert "funding_numbers" in only_error({"code": CODE, "funding_types": "commitment"})[1]


def test_a_status_cannot_leap_back(bridge):
    make_status_change(bridge, "implemented")
    column, message = only_error({"code": CODE, "status": "planned", "status_source": "protocol"})
    assert (column, "cannot go from" in message) == ("status", True)


def test_a_promised_date_of_a_public_record_needs_a_reason(bridge):
    bridge.planned_end = "2027"
    bridge.save()
    assert "moved_because" in only_error({"code": CODE, "planned_end": "2028"})[1]
    assert only({"code": CODE, "planned_end": "2028", "moved_because": "Floods"}).edits


def test_the_record_of_another_desk_is_not_named():
    bridge = make_initiative(CODE, parties=["KG"], title_en="Secret", publication="draft")
    officer = make_officer(desk=make_desk("Ours", countries=["UZ"]))
    row = only({"code": CODE, "title_en": "Mine"}, by=officer)
    assert row.action == "error"
    assert row.wrongs == ["This is the record of another desk."]
    assert bridge.title_en not in str(row)


def test_a_viewer_makes_nothing():
    assert only(NEW, by=make_officer(role=DeskRole.VIEWER)).wrongs


def test_another_desk_cannot_be_given_a_record():
    make_desk("Theirs", countries=["KG"])
    officer = make_officer(desk=make_desk("Ours", countries=["UZ"]))
    column, message = only_error(NEW | {"desk": "Theirs"}, by=officer)
    assert (column, "unknown" in message) == ("desk", True)


def test_the_first_import_of_a_record_that_is_there_is_no_conflict(bridge):
    bridge.title_en = "Edited"
    actions.save(bridge, by=None)
    assert only({"code": CODE, "title_en": "Long bridge"}).action == "update"


def test_an_edit_after_the_last_import_is_a_conflict(bridge):
    applied({"code": CODE, "title_en": "Long bridge"})
    bridge.refresh_from_db()
    bridge.title_en = "Short bridge"
    actions.save(bridge, by=None)
    assert only({"code": CODE, "title_en": "Long bridge"}).action == "conflict"


def test_to_mark_a_record_as_checked_is_no_edit(bridge):
    applied({"code": CODE, "title_en": "Long bridge"})
    actions.mark_checked(bridge, by=None)
    assert only({"code": CODE, "title_en": "Longer bridge"}).action == "update"


def test_planning_asks_as_much_for_ten_rows_as_for_one():
    def asked(number):
        codes = [make_initiative(title_en="Old").code for _ in range(number)]
        rows = [{"code": code, "title_en": "New", "parties": "UZ|KG"} for code in codes]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            plan_of(*rows)
        return len(queries)

    assert asked(1) == asked(10)


def test_a_plan_writes_nothing(bridge):
    plan_of(NEW, {"code": CODE, "title_en": "New"})
    assert (Initiative.objects.count(), Change.objects.count()) == (1, 0)
