"""Activities of other publishers, brought in by the command as any other file."""

import io
from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import call_command
from lxml import etree

from initiatives import actions, models
from initiatives.models import (
    ImportBatch,
    Initiative,
)
from tests import factories as make
from tests.iati import FOLDER
from tests.iati.check import problems
from tests.iati.importing import stored
from tests.iati.records import LIST
from tests.shared_rows import shared_rows

pytestmark = pytest.mark.django_db
STATUSES = {"1": "planned", "2": "in_progress", "3": "implemented", "4": "implemented"}
REAL = FOLDER / "worldbank-el-salvador.xml"


def run(*arguments):
    out = io.StringIO()
    call_command("import_initiatives", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def activities():
    """Identifier → element of the real file, read without anything of ours."""
    tree = etree.parse(REAL)
    return {each.findtext("iati-identifier"): each for each in tree.iter("iati-activity")}


def counted():
    """How many rows each table of the domain has, without what tells of imports."""
    names = [model for model in vars(models).values() if isinstance(model, type)]
    tables = {model for model in names if hasattr(model, "_meta")}
    of_imports = (models.Change, models.ImportBatch, models.ImportRow, models.CodeCounter)
    # The words by which the desk is searched belong to no record; `refold` drops what none has.
    words = {models.DeskTerm}
    return {one: one._base_manager.count() for one in tables.difference(of_imports, words)}


@pytest.fixture(scope="class")
def brought_in(django_db_setup, django_db_blocker):
    with shared_rows(django_db_blocker):
        run(REAL, "--apply")
        yield


@pytest.fixture
def real(brought_in):
    found, wanted = stored(), activities()
    assert set(found) == set(wanted)
    return [(found[key], wanted[key]) for key in wanted]


def codes(element, path, name="code"):
    return [child.get(name) for child in element.findall(path)]


@pytest.mark.xdist_group("real IATI file")
class TestRealFile:
    """After a real file was brought in."""

    def test_every_activity_has_its_countries_dates_and_status(self, real):
        for row, told_of in real:
            days = {
                child.get("type"): child.get("iso-date") for child in told_of.iter("activity-date")
            }
            assert [link.country.iso2 for link in row.countries.all()] == ["SV"]
            assert (str(row.planned_start), str(row.planned_end)) == (days["1"], days["3"])
            assert row.status == STATUSES[told_of.find("activity-status").get("code")]

    def test_every_activity_has_all_its_money(self, real):
        for row, told_of in real:
            lines = [
                (abs(Decimal(x.findtext("value"))), x.find("transaction-date").get("iso-date"))
                for x in told_of.iter("transaction")
            ]
            assert Counter((abs(x.amount), str(x.date)) for x in row.funding.all()) == Counter(
                lines
            )

    def test_every_activity_has_all_its_documents(self, real):
        for row, told_of in real:
            urls = {link.get("url") for link in told_of.iter("document-link")}
            cited = {citation.source.url for citation in row.citations.select_related("source")}
            assert cited == {url.replace(" ", "%20") for url in urls}

    def test_every_activity_has_its_organisations_and_sectors(self, real):
        for row, told_of in real:
            names = {
                side.findtext("narrative").strip() for side in told_of.findall("participating-org")
            }
            assert {link.organisation.name_en for link in row.organisations.all()} == names
            assert sum(link.percent for link in row.sectors.all()) == 100
            assert row.sectors.filter(is_main=True).count() == 1

    def test_the_status_is_sourced_and_says_what_it_was_in_iati(self, real):
        for row, told_of in real:
            (change,) = row.status_changes.all()
            code = told_of.find("activity-status").get("code")
            assert change.reason_en.startswith(f"IATI status {code} (")
            assert [c.source.title for c in change.citations.all()] == [
                "IATI activities: World Bank"
            ]

    def test_the_same_file_again_changes_nothing_and_writes_no_history(self, real):
        before = counted(), models.Change.objects.count(), ImportBatch.objects.count()
        assert "0 create, 0 update, 13 unchanged" in run(REAL, "--apply")
        assert (counted(), models.Change.objects.count(), ImportBatch.objects.count()) == before

    def test_what_came_in_goes_out_as_valid_as_it_was(self, client, real):
        """Shares of other lists that do not give 100 go out as their publisher wrote them."""
        for row, _told_of in real:
            row.summary_en = row.summary_en or row.title_en
            actions.save(row, by=None)
            actions.publish(Initiative.objects.get(pk=row.pk), by=None)
        content = b"".join(client.get(LIST).streaming_content)
        assert {found.partition(" ")[0] for found in problems(content)} <= {"2.1.2", "12.3.1"}
        assert content.count(b"<iati-activity ") == 13
        assert content.count(b"<transaction ") == 632


def test_what_is_not_mapped_is_counted_and_shown():
    said = run(REAL, "--dry-run")
    assert all(x in said for x in ("location (640)", "transaction/flow-type (632)", "result (251)"))
    assert ("13 create" in said, Initiative.objects.count()) == (True, 0)


def test_undoing_leaves_nothing_of_it_behind():
    make.make_organisation("bank")
    before = counted()
    run(REAL, "--apply")
    run("--undo", ImportBatch.objects.get().pk)
    assert counted() == before
