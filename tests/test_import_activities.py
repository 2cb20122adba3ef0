"""What becomes of each activity: what it brings, what is left alone, what is undone."""

import io

import pytest
from django.utils import timezone

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.imports.planning import make_plan
from initiatives.imports.reading import Unreadable, open_table
from initiatives.lifecycle import Status
from initiatives.models import (
    Initiative,
    Organisation,
    Source,
    StatusChange,
)
from initiatives.rights import Rights
from tests import factories as make
from tests.desk import make_officer
from tests.iati.importing import applied, file_of, one, plan_of, stored, told
from tests.iati.records import LIST, tellable, whole

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03"])
def test_every_version_is_read(version):
    table = open_table(file_of(one(), version=version))
    assert table.facts()[0] == ("Format", f"IATI {version}")
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
    assert "Not in the lists: El Salvador." in refused.cells["countries_roles"]["error"]


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
    ahead = timezone.localdate().year + 3
    plan = plan_of(one(inner=f'<activity-date type="4" iso-date="{ahead}-01-01"/>'))
    assert "is in the future" in told(plan)[0]
