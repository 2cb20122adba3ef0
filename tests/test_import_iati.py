"""Activities of other publishers, brought in by the command as any other file."""

import io
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from lxml import etree

from initiatives import actions, models
from initiatives.choices import DeskRole
from initiatives.exchange.planning import keep_plan, make_plan
from initiatives.exchange.reading import Unreadable, open_table
from initiatives.lifecycle import Status
from initiatives.models import (
    ImportBatch,
    Initiative,
    Organisation,
    Source,
    StatusChange,
)
from initiatives.rights import Rights
from tests import factories as make
from tests.desk import make_officer
from tests.iati import FOLDER
from tests.iati.check import problems
from tests.iati.records import LIST, tellable, whole

pytestmark = pytest.mark.django_db
REAL = FOLDER / "worldbank-el-salvador.xml"
BANK = """<reporting-org ref="44000" type="40"><narrative>Bank X</narrative></reporting-org>
    <participating-org role="1" ref="44000" type="40"><narrative>Bank X</narrative>
    </participating-org>"""
STATUSES = {"1": "planned", "2": "in_progress", "3": "implemented", "4": "implemented"}


def one(identifier="XM-1", inner="", status="2"):
    return (
        '<iati-activity xml:lang="en">'
        f"<iati-identifier>{identifier}</iati-identifier>{BANK}"
        f'<title><narrative>Road {identifier}</narrative></title><activity-status code="{status}"/>'
        f"{inner}</iati-activity>"
    )


def file_of(*activities, version="2.03"):
    content = f'<iati-activities version="{version}">{"".join(activities)}</iati-activities>'
    return io.BytesIO(content.encode())


def plan_of(*activities, by=None):
    rights = Rights(by) if by is not None else Rights.of_system()
    return make_plan(open_table(file_of(*activities), "a.xml", rights=rights), rights=rights)


def applied(*activities, by=None):
    batch = keep_plan(plan_of(*activities, by=by), name="a.xml", sha256="0" * 64, by=by)
    return actions.imports.apply(batch, by=by)


def told(plan):
    """What is said of each row beside its cells."""
    return [row.cells.get("", {}).get("finding", "") for row in plan.rows()]


def run(*arguments):
    out = io.StringIO()
    call_command("import_initiatives", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def activities():
    """Identifier → element of the real file, read without anything of ours."""
    tree = etree.parse(REAL)
    return {each.findtext("iati-identifier"): each for each in tree.iter("iati-activity")}


def stored():
    rows = Initiative.objects.filter(external_ids__scheme="iati")
    return {row.external_ids.get().value: row for row in rows}


def counted():
    """How many rows each table of the domain has, without what tells of imports."""
    names = [model for model in vars(models).values() if isinstance(model, type)]
    tables = {model for model in names if hasattr(model, "_meta")}
    of_imports = (models.Change, models.ImportBatch, models.ImportRow, models.CodeCounter)
    return {model: model._base_manager.count() for model in tables.difference(of_imports)}


@pytest.fixture
def real():
    run(REAL, "--apply")
    found, wanted = stored(), activities()
    assert set(found) == set(wanted)
    return [(found[key], wanted[key]) for key in wanted]


def codes(element, path, name="code"):
    return [child.get(name) for child in element.findall(path)]


def test_every_activity_has_its_countries_dates_and_status(real):
    for row, told_of in real:
        days = {child.get("type"): child.get("iso-date") for child in told_of.iter("activity-date")}
        assert [link.country.iso2 for link in row.countries.all()] == ["SV"]
        assert (str(row.planned_start), str(row.planned_end)) == (days["1"], days["3"])
        assert row.status == STATUSES[told_of.find("activity-status").get("code")]


def test_every_activity_has_all_its_money(real):
    for row, told_of in real:
        lines = [
            (abs(Decimal(x.findtext("value"))), x.find("transaction-date").get("iso-date"))
            for x in told_of.iter("transaction")
        ]
        assert Counter((abs(x.amount), str(x.date)) for x in row.funding.all()) == Counter(lines)


def test_every_activity_has_all_its_documents(real):
    for row, told_of in real:
        urls = {link.get("url") for link in told_of.iter("document-link")}
        cited = {citation.source.url for citation in row.citations.select_related("source")}
        assert cited == {url.replace(" ", "%20") for url in urls}


def test_every_activity_has_its_organisations_and_sectors(real):
    for row, told_of in real:
        names = {
            side.findtext("narrative").strip() for side in told_of.findall("participating-org")
        }
        assert {link.organisation.name_en for link in row.organisations.all()} == names
        assert sum(link.percent for link in row.sectors.all()) == 100
        assert row.sectors.filter(is_main=True).count() == 1


def test_the_status_is_sourced_and_says_what_it_was_in_iati(real):
    for row, told_of in real:
        (change,) = row.status_changes.all()
        code = told_of.find("activity-status").get("code")
        assert change.reason_en.startswith(f"IATI status {code} (")
        assert [c.source.title for c in change.citations.all()] == ["IATI activities: World Bank"]


def test_what_is_not_mapped_is_counted_and_shown():
    said = run(REAL, "--dry-run")
    assert "budget (2110), location (640), transaction/flow-type (632), result (251)" in said
    assert ("13 create" in said, Initiative.objects.count()) == (True, 0)


def test_the_same_file_again_changes_nothing_and_writes_no_history(real):
    before = counted(), models.Change.objects.count(), ImportBatch.objects.count()
    assert "0 create, 0 update, 13 unchanged" in run(REAL, "--apply")
    assert (counted(), models.Change.objects.count(), ImportBatch.objects.count()) == before


def test_undoing_leaves_nothing_of_it_behind():
    make.make_organisation("bank")
    before = counted()
    run(REAL, "--apply")
    run("--undo", ImportBatch.objects.get().pk)
    assert counted() == before


def test_what_came_in_goes_out_as_valid_activities(client, real):
    for row, _told_of in real:
        row.summary_en = row.summary_en or row.title_en
        actions.save(row, by=None)
        actions.publish(Initiative.objects.get(pk=row.pk), by=None)
    content = b"".join(client.get(LIST).streaming_content)
    assert problems(content) == []
    assert content.count(b"<iati-activity ") == 13
    assert content.count(b"<transaction ") == 632


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03"])
def test_every_version_is_read(version):
    table = open_table(file_of(one(), version=version))
    assert table.facts[0] == ("Format", f"IATI {version}")
    assert [row.number for row in table] == [1]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html><body>hello</body></html>", "web page"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><iati-activities version="2.03"/>', "DOCTYPE"),
        (b'<iati-activities version="1.05"/>', "versions 2.01 to 2.03"),
        (b'<iati-activities version="2.03"><iati-activity>', "broken in line 1"),
        (b"<rss/>", "begins with <rss>"),
    ],
)
def test_other_xml_is_refused_with_the_reason(content, why):
    with pytest.raises(Unreadable, match=why):
        make_plan(open_table(io.BytesIO(content), "a.xml"), rights=Rights.of_system())


def test_activities_are_numbered_as_they_stand_in_the_file():
    assert [row.number for row in plan_of(one("XM-1"), one("XM-2")).rows()] == [1, 2]


def test_an_identifier_that_stands_twice_is_an_error():
    plan = plan_of(one("XM-1"), one("XM-1"))
    assert {row.cells["code"]["error"] for row in plan.rows("error")} == {
        "Row 1 means the same initiative. Leave one of them.",
        "Row 2 means the same initiative. Leave one of them.",
    }


def test_an_activity_without_identifier_is_an_error_of_its_own():
    (row,) = plan_of(one(identifier="")).rows("error")
    assert "is no identifier" in row.cells["external_ids"]["error"]


def test_an_officer_brings_organisations_and_sources_but_no_countries():
    officer = make_officer(role=DeskRole.EDITOR)
    plan = plan_of(one("XM-1"), one("XM-2", '<recipient-country code="SV"/>'), by=officer)
    made, refused = plan.rows()
    assert {edit["model"] for edit in made.makes} == {"organisation", "source"}
    assert "The lists lack: El Salvador." in refused.cells["countries_roles"]["error"]


def test_what_an_officer_brings_is_written_in_their_name():
    officer = make_officer(role=DeskRole.EDITOR)
    applied(one(), by=officer)
    assert {row.created_by for row in (*Organisation.objects.all(), *Source.objects.all())} == {
        officer
    }


def test_what_we_exported_ourselves_changes_nothing(client):
    whole()
    content = b"".join(client.get(LIST).streaming_content)
    plan = make_plan(open_table(io.BytesIO(content), "a.xml"), rights=Rights.of_system())
    assert (plan.counts["unchanged"], sum(plan.counts.values())) == (3, 3)
    assert "activity of ours" in told(plan)[0]


def test_what_we_exported_ourselves_can_be_brought_back_after_a_loss(client):
    code = tellable().code
    content = b"".join(client.get(LIST).streaming_content)
    Initiative.objects.filter(code=code).delete()
    plan = make_plan(open_table(io.BytesIO(content), "a.xml"), rights=Rights.of_system())
    assert [(row.action, row.key) for row in plan.rows()] == [("create", code)]


def test_each_publisher_is_the_source_of_its_own_statuses():
    applied(one("XM-1"), one("XM-2").replace('"44000"', '"44001"').replace("Bank X", "Bank Y"))
    sources = {key: row.status_changes.get().citations.get() for key, row in stored().items()}
    assert {key: cited.source.title for key, cited in sources.items()} == {
        "XM-1": "IATI activities: Bank X",
        "XM-2": "IATI activities: Bank Y",
    }


def test_a_document_that_is_stored_is_not_made_again():
    make.make_source("agreement", url="https://bank.example/a.pdf")
    applied(one(inner='<document-link url="https://bank.example/a.pdf" format="a/b"/>'))
    assert Initiative.objects.get().citations.get().source.slug == "agreement"


def test_an_organisation_without_identifier_is_known_by_its_name():
    make.make_organisation("our-bank", name_en="Bank X")
    applied(one())
    assert Organisation.objects.get().slug == "our-bank"


def test_an_organisation_with_another_identifier_is_another_one():
    make.make_organisation("our-bank", name_en="Bank X", iati_id="XM-OTHER")
    applied(one())
    assert set(Organisation.objects.values_list("iati_id", flat=True)) == {"XM-OTHER", "44000"}


def test_the_record_above_may_come_later_in_the_file():
    below = one("XM-1", '<related-activity type="1" ref="XM-2"/>')
    applied(below, one("XM-2"))
    assert stored()["XM-1"].parent == stored()["XM-2"]


def test_a_record_above_that_is_nowhere_is_left_alone_and_told():
    plan = plan_of(one("XM-1", '<related-activity type="1" ref="XM-9"/>'))
    assert "There is no initiative “iati:XM-9”" in told(plan)[0]
    assert plan.counts["create"] == 1


def test_what_hangs_below_such_a_record_keeps_its_place():
    above = one("XM-1", '<related-activity type="1" ref="XM-9"/>')
    applied(one("XM-2", '<related-activity type="1" ref="XM-1"/>'), above)
    assert stored()["XM-2"].parent == stored()["XM-1"]


def test_a_status_that_moves_on_is_entered_with_its_reason():
    applied(one(status="2"))
    applied(one(status="4"))
    assert [row.to_status for row in StatusChange.objects.order_by("number")] == [
        Status.IN_PROGRESS,
        Status.IMPLEMENTED,
    ]


def test_a_status_that_cannot_follow_is_left_alone_and_told():
    applied(one(status="4"))
    plan = plan_of(one(status="2"))
    (row,) = plan.rows()
    assert (row.action, row.move) == ("unchanged", None)
    assert "The status cannot go from “Implemented” to “In progress”." in told(plan)[0]


def test_undoing_an_update_takes_the_citation_back():
    applied(one())
    batch = applied(one(inner='<document-link url="https://bank.example/a.pdf" format="a/b"/>'))
    assert Initiative.objects.get().citations.count() == 1
    actions.imports.undo(batch, by=None)
    assert Initiative.objects.get().citations.count() == 0
    assert not Source.objects.filter(url="https://bank.example/a.pdf").exists()


def test_undoing_keeps_what_somebody_uses_by_now():
    batch = applied(one())
    make.make_funding(make.make_initiative(), 5, provider=Organisation.objects.get())
    actions.imports.undo(batch, by=None)
    assert Organisation.objects.count() == 1


def test_actual_dates_that_lie_ahead_are_told():
    ahead = date.today().year + 3
    plan = plan_of(one(inner=f'<activity-date type="4" iso-date="{ahead}-01-01"/>'))
    assert "lies ahead" in told(plan)[0]
