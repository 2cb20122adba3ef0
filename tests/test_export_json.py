"""The list and a single record as JSON, in the shape of the public contract."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from initiatives import actions
from tests import factories as make
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KEYS = (
    "code url title summary kind status status_since planned_start planned_end actual_start "
    "actual_end countries sectors organisations funding flags updated_at version delivered"
).split()


@pytest.fixture
def fetch(client):
    """A function that fetches JSON with a status that is expected."""

    def fetch(address="/en/initiatives.json", status=200):
        response = client.get(address)
        assert response.status_code == status
        return response.json()

    return fetch


def test_an_empty_list_has_a_count_and_no_next(fetch):
    assert fetch() == {"count": 0, "next": None, "results": []}


def test_an_initiative_has_the_shape_of_the_contract(fetch):
    made = make.make_initiative(
        "CI-2025-0001",
        title_en="Road",
        title_ru="Дорога",
        status_since="2025-H1",
        planned_end="2027-Q3",
        parties=["UZ"],
        organisations=["adb"],
        updated_at=datetime(2025, 6, 30, 12, tzinfo=UTC),
    )
    make.make_funding(made, "5000000000", provider=make.make_organisation("adb"), date="2025")
    (found,) = fetch()["results"]
    assert list(found) == KEYS
    assert found["url"] == "http://testserver/en/initiatives/CI-2025-0001/"
    assert found["title"] == {"en": "Road", "ru": "Дорога", "uz": "", "kk": ""}
    assert set(found["summary"]) == {"en", "ru", "uz", "kk"}
    assert (found["status_since"], found["planned_end"]) == ("2025-H1", "2027-Q3")
    assert found["planned_start"] is None
    assert found["countries"] == [{"iso2": "UZ", "role": "party"}]
    assert found["sectors"] == [{"slug": "energy", "percent": None, "is_main": True}]
    assert found["organisations"] == [{"slug": "adb", "role": "4"}]
    assert found["updated_at"] == "2025-06-30T12:00:00Z"


def test_money_is_exact_text(fetch):
    made = make.make_initiative()
    make.make_funding(made, "5000000000", provider=make.make_organisation("adb"), date="2025")
    make.make_funding(made, "1.005", amount_kind="range", amount_max="9000000000000.01")
    first, second = fetch()["results"][0]["funding"]
    assert first == {
        "type": "commitment",
        "amount": "5000000000.00",
        "amount_max": None,
        "amount_kind": "exact",
        "currency": "USD",
        "date": "2025",
        "provider": "adb",
    }
    assert (second["amount"], second["amount_max"]) == ("1.005", "9000000000000.01")


def test_flags_are_their_codes(fetch):
    make.make_initiative(planned_end="2001")
    assert "overdue" in fetch()["results"][0]["flags"]


def test_pages_follow_each_other_to_the_end(fetch):
    codes = {made.code for made in make.make_initiatives(5)}
    address, found = "/ru/initiatives.json?page_size=2&status=planned", []
    while address:
        page = fetch(address)
        assert page["count"] == 5
        assert page["next"] is None or page["next"].startswith("http://testserver/ru/init")
        found += [row["code"] for row in page["results"]]
        address = page["next"]
    assert (len(found), set(found)) == (5, codes)


def test_a_page_has_twenty_unless_asked(fetch):
    make.make_initiatives(21)
    assert len(fetch()["results"]) == 20
    assert len(fetch("/en/initiatives.json?page_size=100")["results"]) == 21


def test_without_a_language_addresses_are_english(client):
    make.make_initiative("CI-2025-0001")
    found = client.get("/initiatives.json", headers={"Accept-Language": "ru"}).json()
    assert found["results"][0]["url"] == "http://testserver/en/initiatives/CI-2025-0001/"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("status=zzz", "status"),
        ("country=XX&status=planned", "country"),
        ("year=0", "year"),
        ("sort=country__password", "sort"),
        ("page_size=101", "page_size"),
        ("page_size=zzz", "page_size"),
        ("page=0", "page"),
        ("page=first", "page"),
        ("q=%00", "q"),
    ],
)
@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx"])
def test_a_wrong_value_is_refused_with_its_reason(client, suffix, query, name):
    response = client.get(f"/en/initiatives.{suffix}?{query}")
    problem = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert response.status_code == problem["status"] == 400
    assert list(problem["errors"]) == [name]
    assert name in problem["detail"]


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("page", ["2", "999999999", "9" * 5000])
def test_a_page_past_the_end_is_not_found(client, page, prefix):
    make.make_initiative()
    response = client.get(f"{prefix}/initiatives.json?page={page}")
    assert (response.status_code, response.json()["status"]) == (404, 404)


def test_what_is_not_public_is_neither_listed_nor_counted(fetch):
    for publication in ("draft", "in_review", "withdrawn"):
        make.make_initiative(publication=publication)
    make.make_initiative(embargo_until=datetime(2999, 1, 1, tzinfo=UTC))
    assert fetch() == {"count": 0, "next": None, "results": []}


def test_a_record_has_the_object_of_the_list_and_more(fetch):
    made = make.make_initiative("CI-2025-0001", planned_end="2027")
    make.make_funding(made, receiver=make.make_organisation("railways"))
    change = make.make_status_change(made, "agreed", effective="2025-05")
    make.cite(change, make.make_source("protocol"), "P3")
    make.make_milestone(made, "Bridge", planned="2026")
    make.link_event(made, make.make_event("summit"))
    (listed,) = fetch()["results"]
    record = fetch("/en/initiatives/CI-2025-0001.json")
    assert {name: record[name] for name in KEYS if name != "funding"} == {
        name: listed[name] for name in KEYS if name != "funding"
    }
    assert record["funding"][0].items() >= listed["funding"][0].items()
    assert record["funding"][0]["receiver"] == "railways"
    assert record["history"][0]["sources"][0]["locator"] == "P3"
    assert record["milestones"][0]["planned"] == "2026"
    assert record["events"][0]["slug"] == "summit"


def test_a_record_tells_no_secret_source_and_no_unpublished_relative(client):
    parent = make.make_initiative("CI-2025-0001", publication="draft")
    made = make.make_initiative("CI-2025-0002", parent=parent, internal_note="whispered")
    make.make_initiative("CI-2025-0003", parent=made, publication="in_review")
    make.cite(made, make.make_source("secret-letter", is_public=False))
    text = client.get("/en/initiatives/CI-2025-0002.json").content.decode()
    for secret in ("CI-2025-0001", "CI-2025-0003", "secret-letter", "whispered"):
        assert secret not in text


def test_a_record_names_its_public_relatives(fetch):
    parent = make.make_initiative("CI-2025-0001")
    make.make_initiative("CI-2025-0002", parent=parent)
    assert fetch("/en/initiatives/CI-2025-0001.json")["children"] == ["CI-2025-0002"]
    assert fetch("/en/initiatives/CI-2025-0002.json")["parent"] == "CI-2025-0001"


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("publication", ["draft", "in_review"])
def test_a_draft_is_not_found(client, prefix, publication):
    make.make_initiative("CI-2025-0001", publication=publication)
    assert client.get(f"{prefix}/initiatives/CI-2025-0001.json").status_code == 404


@pytest.mark.parametrize("code", ["CI-2025-9999", "nothing", "%00", "CI-2025-0001%0A", "x" * 5000])
def test_an_unknown_code_is_not_found(client, code):
    make.make_initiative("CI-2025-0001")
    assert client.get(f"/en/initiatives/{code}.json").status_code in (400, 404)


def test_an_embargoed_record_is_not_found_withdrawn_or_not(fetch):
    later = datetime(2999, 1, 1, tzinfo=UTC)
    make.make_initiative("CI-2025-0001", embargo_until=later)
    make.make_initiative("CI-2025-0002", embargo_until=later, publication="withdrawn")
    fetch("/en/initiatives/CI-2025-0001.json", status=404)
    fetch("/en/initiatives/CI-2025-0002.json", status=404)


def test_a_withdrawn_record_is_gone_with_its_reason(fetch):
    make.make_initiative(
        "CI-2025-0001", publication="withdrawn", withdrawn_reason_en="Entered twice."
    )
    problem = fetch("/en/initiatives/CI-2025-0001.json", status=410)
    assert (problem["status"], problem["detail"]) == (410, "Entered twice.")


def test_a_code_in_small_letters_leads_to_the_right_address(client):
    make.make_initiative("CI-2025-0001")
    response = client.get("/kk/initiatives/ci-2025-0001.json")
    assert (response.status_code, response["Location"]) == (
        301,
        "/kk/initiatives/CI-2025-0001.json",
    )


def test_flags_turn_with_the_day(fetch, monkeypatch):
    made = make.make_initiative(planned_end=make.in_days(10))
    assert fetch()["results"][0]["flags"][0] == "due_soon"
    monkeypatch.setattr(timezone, "localdate", lambda *_: made.planned_end.first.replace(year=2999))
    assert fetch()["results"][0]["flags"][0] == "overdue"


def test_a_record_tells_what_was_known_on_a_day(fetch):
    long_ago, later = datetime(2020, 1, 1, tzinfo=UTC), datetime(2024, 5, 5, tzinfo=UTC)
    made = make.make_initiative("CI-2025-0001", created_at=long_ago)
    make.make_funding(made, created_at=long_ago)
    make.make_status_change(made, "planned", recorded_at=long_ago)
    known_since(long_ago)
    make.make_status_change(made, "agreed", recorded_at=later)
    actions.remove_record(made.funding.get(), by=None)
    now, then = (fetch(f"/en/initiatives/CI-2025-0001.json{x}") for x in ("", "?as_of=2021-01-01"))
    assert (now["status"], len(now["history"]), len(now["funding"])) == ("agreed", 2, 0)
    assert (then["status"], len(then["history"]), len(then["funding"])) == ("planned", 1, 1)


@pytest.mark.parametrize(("day", "status"), [("2019-01-01", 404), ("never", 400), ("2999", 400)])
def test_a_record_is_not_told_of_days_before_it_or_that_are_none(fetch, day, status):
    make.make_initiative("CI-2025-0001", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    fetch(f"/en/initiatives/CI-2025-0001.json?as_of={day}", status=status)
