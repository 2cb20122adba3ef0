"""An export is edited outside while the record lives on here: what both changed is a conflict."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives import actions
from initiatives.exchange import record_file
from initiatives.exchange.json_file import text
from initiatives.imports.planning import keep_plan, make_plan
from initiatives.imports.reading import open_table
from initiatives.models import Change, Funding, Initiative
from initiatives.rights import Rights
from tests.factories import make_funding, make_initiative, make_organisation
from tests.full_records import make_full
from tests.importing import applied, outcomes
from tests.memberships import ask
from tests.reading import as_xlsx as sheet_of
from tests.register import published_in_full
from tests.test_import_round_trip import FIXTURES, as_csv, as_json

pytestmark = pytest.mark.django_db
CODE = "CI-2025-0001"


def cells_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def in_csv(change):
    rows = cells_of(as_csv())
    change(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def in_xlsx(change):
    rows = cells_of(as_csv())
    change(rows)
    return sheet_of(rows)


def in_json(change):
    whole = json.loads(as_json())
    change(whole["results"])
    return json.dumps(whole).encode()


def in_record(change):
    rows = json.loads(text([record_file.as_record(one) for one in published_in_full(str)]))
    for one in rows:
        del one["parent"]
    change(rows)
    return json.dumps(rows).encode()


FORMATS = {"csv": in_csv, "xlsx": in_xlsx, "json": in_json, "record": in_record}


def edited(format="csv", **texts):
    """An export in which a cell of each row was edited."""

    def change(rows):
        for row in rows:
            row.update({k: v for k, v in texts.items() if k in row or format in ("csv", "xlsx")})
            for name, value in texts.items():
                field, _sign, language = name.rpartition("_")
                if isinstance(row.get(field), dict):
                    row[field][language] = value

    return FORMATS[format](change)


def plan_of(content):
    return make_plan(open_table(io.BytesIO(content), "table"), rights=Rights.of_system())


def applied_from(content):
    batch = keep_plan(plan_of(content), name="table", sha256="0" * 64, by=None)
    return actions.imports.apply(batch, by=None)


def counts(content):
    return {action: number for action, number in plan_of(content).counts.items() if number}


def edit(record, **fields):
    record.refresh_from_db()
    for name, value in fields.items():
        setattr(record, name, value)
    return actions.save(record, by=None, reason="Told so")


@pytest.fixture
def everything(db):
    """The first data, records with each kind of part, imported and waiting ones."""
    call_command("loaddata", *FIXTURES, verbosity=0)
    make_full(make_initiative(), 3)
    applied(
        {
            "title_en": "Imported",
            "funding_types": "pledge",
            "funding_amounts": "5",
            "funding_currencies": "USD",
        }
    )
    ask(make_initiative(), None)
    Initiative.objects.update(publication="published")  # files of records have no drafts


@pytest.mark.parametrize("format", FORMATS)
def test_export_edit_one_cell_import_works_on_every_record(everything, format):
    content = edited(format, summary_en="Edited outside")
    for record in Initiative.objects.all():
        actions.mark_checked(record, by=None)
        record.refresh_from_db()
        Initiative.objects.filter(pk=record.pk).update(published_at=timezone.now())
    number = Initiative.objects.count()
    assert counts(content) == {"update": number}
    assert set(outcomes(applied_from(content))) == {"done"}
    assert Initiative.objects.filter(summary_en="Edited outside").count() == number
    assert counts(content) == {"unchanged": number}


def test_to_publish_and_to_check_are_no_edits():
    made = make_initiative(CODE)
    content = edited(summary_en="Mine")
    edit(made, publication="in_review")
    again = edit(made, publication="published", published_at=timezone.now())
    actions.mark_checked(again, by=None)
    assert outcomes(applied_from(content)) == ["done"]


def test_publishing_between_preview_and_apply_does_not_stop_a_row():
    made = make_initiative(CODE)
    content = edited(summary_en="Mine")
    edit(made, publication="in_review")
    batch = keep_plan(plan_of(content), name="table", sha256="0" * 64, by=None)
    edit(made, publication="published", published_at=timezone.now())
    assert outcomes(actions.imports.apply(batch, by=None)) == ["done"]


def test_an_edit_between_preview_and_apply_stops_a_row():
    made = make_initiative(CODE)
    batch = keep_plan(plan_of(edited(summary_en="Mine")), name="table", sha256="0" * 64, by=None)
    edit(made, title_en="Theirs")
    assert outcomes(actions.imports.apply(batch, by=None)) == ["refused"]


@pytest.mark.parametrize("format", FORMATS)
def test_an_edit_of_the_same_field_is_a_conflict(format):
    made = make_initiative(CODE, summary_en="Before")
    content = edited(format, summary_en="Mine")
    edit(made, summary_en="Theirs")
    (planned,) = plan_of(content).rows()
    assert planned.action == "conflict"
    assert ["summary_en", "Changed here after the export, to: Theirs"] in map(list, planned.notes)


@pytest.mark.parametrize("format", FORMATS)
def test_an_edit_of_another_field_is_merged_and_told(format):
    made = make_initiative(CODE, summary_en="Before", title_en="Before")
    make_funding(made, "5")
    content = edited(format, summary_en="Mine")
    edit(made, title_en="Theirs")
    edit(made.funding.get(), amount="6", provider=make_organisation("adb"))
    (planned,) = plan_of(content).rows()
    told = {column for column, _text in planned.notes}
    assert planned.action == "update"
    assert {"title_en", "funding_amounts", "funding_providers"} <= told
    applied_from(content)
    made.refresh_from_db()
    assert (made.title_en, made.summary_en) == ("Theirs", "Mine")
    assert str(Funding.objects.get().amount) == "6.00"


def test_rows_that_came_went_or_changed_their_key_since_are_followed():
    made = make_full(make_initiative(CODE), 2)
    content = edited(summary_en="Mine")
    edit(made.countries.get(country__iso2="KZ"), role="host")
    actions.remove_record(made.funding.first(), by=None)
    actions.save(Funding(initiative=made, type="pledge", amount="7", currency="USD"), by=None)
    actions.remove_record(made.external_ids.first(), by=None)
    batch = applied_from(content)
    row = batch.rows.get(initiative=made)
    assert set(outcomes(batch)) == {"done"}
    assert [one["model"] for one in row.edits] == ["initiative"]


def test_a_change_that_both_made_is_none():
    made = make_initiative(CODE, summary_en="Before")
    content = edited(summary_en="Same")
    edit(made, summary_en="Same")
    assert counts(content) == {"unchanged": 1}


def test_a_record_whose_history_is_not_complete_is_compared_as_before():
    made = make_initiative(CODE, summary_en="Before")
    content = edited(summary_en="Mine")
    Initiative.objects.filter(pk=made.pk).update(version=9)
    assert counts(content) == {"update": 1}


def test_a_version_of_the_future_or_in_words_is_no_version():
    make_initiative(CODE)
    assert counts(in_csv(lambda rows: rows[0].update(version="99999", summary_en="Mine")))
    assert counts(in_csv(lambda rows: rows[0].update(version="new", summary_en="Mine")))


def test_without_a_version_an_edit_of_another_field_is_no_conflict():
    applied({"title_en": "Road", "code": CODE})
    made = Initiative.objects.get()
    edit(made, title_en="Theirs")
    plan = plan_of(f"code,summary_en\n{CODE},Mine\n".encode())
    assert plan.counts["update"] == 1
    plan = plan_of(f"code,title_en\n{CODE},Mine\n".encode())
    assert plan.counts["conflict"] == 1


def test_the_queries_do_not_grow_with_rows_or_with_what_changed_since():
    found = []
    for number in (1, 5):
        for _one in range(number):
            make_funding(make_initiative(), "5", provider=make_organisation("adb"))
        content = edited(summary_en=f"Mine {number}")
        for line in Funding.objects.all():
            edit(line, provider=make_organisation(f"bank-{number}"), amount=number + 7)
        with CaptureQueriesContext(connection) as captured:
            plan_of(content)
        found.append(len(captured))
    assert found[0] == found[1]
    assert Change.objects.exists()
