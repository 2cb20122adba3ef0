"""Feeds, calendars and the table of changes as HTTP answers: validators, languages, methods."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from initiatives import actions
from tests import factories as make
from tests.register import known_since
from tests.stories import tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESSES = [
    "/initiatives.atom",
    "/initiatives.ics",
    "/initiatives/CI-2025-0001.atom",
    "/initiatives/CI-2025-0001.ics",
    "/countries/uz.atom",
    "/countries/uz.ics",
    "/pairs/kz-uz.atom",
    "/pairs/kz-uz.ics",
    "/sectors/energy.atom",
    "/sectors/energy.ics",
    "/events.atom",
    "/events.ics",
    "/changes.atom",
    "/changes.csv",
]


@pytest.fixture
def initiative():
    made = make.make_initiative("CI-2025-0001", planned_end="2027")
    make.make_milestone(made, planned="2027-05")
    return tell_story(made)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_has_not_changed_is_not_sent_again(client, initiative, address):
    first = client.get(f"/en{address}")
    again = client.get(f"/en{address}", headers={"if-none-match": first["ETag"]})
    since = client.get(f"/en{address}", headers={"if-modified-since": first["Last-Modified"]})
    assert first["Cache-Control"] == "public, no-cache"
    assert [answer.status_code for answer in (first, again, since)] == [200, 304, 304]
    assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
    assert first.getvalue() == client.get(f"/en{address}").getvalue()


@pytest.mark.parametrize("address", [name for name in ADDRESSES if "events" not in name])
def test_a_change_gives_another_validator(client, initiative, address, django_user_model):
    first = client.get(f"/en{address}")
    initiative.title_en = "Renamed"
    actions.save(initiative, by=django_user_model.objects.create_user("officer"), reason="Floods")
    again = client.get(f"/en{address}", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert b"Renamed" in again.getvalue()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_language_has_a_validator_of_its_own(client, initiative, address):
    tags = {client.get(f"/{language}{address}")["ETag"] for language in ("en", "ru", "uz", "kk")}
    assert len(tags) == 4


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_prefix_the_browser_says_the_language(client, initiative, address):
    answer = client.get(address, headers={"accept-language": "ru"})
    assert answer.status_code == 200
    assert answer["Content-Language"] == "ru"
    varies = {name.strip().lower() for name in answer["Vary"].split(",")}
    assert {"accept-language", "cookie"} <= varies
    assert "Vary" not in client.get(f"/ru{address}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_answered_and_nothing_else_than_reading_is_allowed(client, initiative, address):
    head = client.head(f"/en{address}")
    assert head.status_code == 200
    assert head["ETag"] == client.get(f"/en{address}")["ETag"]
    assert client.post(f"/en{address}").status_code == 405


def test_an_embargo_that_ends_gives_another_validator(client, initiative):
    """By time alone: nobody writes anything then."""
    known_since()
    before = client.get("/en/initiatives.ics")["ETag"]
    soon = timezone.now() + timedelta(seconds=20)
    make.make_initiative(embargo_until=soon, planned_end="2027")
    known_since()
    assert client.get("/en/initiatives.ics")["ETag"] == before
    with time_machine.travel(soon + timedelta(seconds=1), tick=False):
        assert client.get("/en/initiatives.ics")["ETag"] != before


def test_a_calendar_is_told_in_its_language_while_it_is_sent(client, initiative):
    answer = client.get("/ru/initiatives.ics")
    client.get("/en/events.atom")
    assert "май 2027" in answer.getvalue().decode()


@pytest.mark.parametrize(
    ("name", "kwargs", "address"),
    [
        ("initiatives-feed", {}, "/en/initiatives.atom"),
        ("initiative-calendar", {"code": "CI-2025-0001"}, "/en/initiatives/CI-2025-0001.ics"),
        ("pair-feed", {"first": "kz", "second": "uz"}, "/en/pairs/kz-uz.atom"),
        ("changes-table", {}, "/en/changes.csv"),
    ],
)
def test_addresses_have_names(name, kwargs, address):
    assert reverse(f"follow:{name}", kwargs=kwargs) == address
    assert reverse(f"follow-neutral:{name}", kwargs=kwargs) == address.removeprefix("/en")


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["atom", "ics"])
def test_a_record_is_followed_as_it_was_known_on_a_day(client, ending):
    made = make.make_initiative("CI-2025-0001")
    address = f"/initiatives/{made.code}.{ending}"
    assert client.get(f"{address}?as_of=2020-01-01").status_code == 404
    assert client.get(f"{address}?as_of=zzz").status_code == 400
    assert client.get(f"/pairs/kz-uz.{ending}?as_of=zzz").status_code == 400
