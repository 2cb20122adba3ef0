"""Pages of editions and the register are sent again only if they would differ."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.editions import record as public
from tests import factories as make
from tests.editions import CODE, append, plain_record, redact

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
LIST = f"/en/initiatives/{CODE}/editions/"
ADDRESSES = (LIST, f"{LIST}1/", f"{LIST}2/?with=1", "/editions.jsonl", "/kk/editions.jsonl")


@pytest.fixture
def shown():
    for iso2 in ("UZ", "KZ"):
        make.make_country(iso2)
    return append(
        plain_record(countries=(public.CountryRole(iso2="UZ", role="party"),)),
        plain_record(title="New"),
    )


@pytest.fixture
def known(client):
    """A function that fetches an address and gives it again only if it is another one."""

    def fetch(address):
        etag = client.get(address)["ETag"]
        return lambda: client.get(address, headers={"If-None-Match": etag}).status_code

    return fetch


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_has_validators_and_is_not_sent_twice(client, known, shown, address):
    answer = client.get(address)
    assert answer["ETag"].startswith('W/"')
    assert answer["Last-Modified"]
    assert answer["Cache-Control"] == "public, no-cache"
    prefixed = address.startswith(("/en/", "/kk/"))
    assert ("Accept-Language" in answer.get("Vary", "")) is not prefixed
    assert known(address)() == 304
    since = {"If-Modified-Since": answer["Last-Modified"]}
    assert client.get(address, headers=since).status_code == 304


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_head_has_no_body(client, shown, address):
    answer = client.head(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, body) == (200, b"")
    assert answer["ETag"] == client.get(address)["ETag"]


@pytest.mark.parametrize("address", [LIST, f"{LIST}2/?with=1", "/editions.jsonl"])
def test_a_new_edition_and_a_text_that_is_taken_out_are_seen(known, shown, address):
    again = known(address)
    append(plain_record(title="Newer"))
    assert again() == 200
    again = known(address)
    redact(shown[0])
    assert again() == 200


def test_the_register_is_another_one_when_an_embargo_ends(known, shown, monkeypatch):
    append(plain_record(title="Newer"), since=timezone.now() + timedelta(hours=1))
    again = known("/editions.jsonl")
    assert again() == 304
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert again() == 200


def test_a_new_name_of_a_country_is_seen_where_it_is_shown(known, shown):
    country = make.make_country("UZ")
    pages = {address: known(address) for address in ADDRESSES[:2]}
    country.name_en = "Uzbekistan, Republic of"
    country.save()
    assert pages[LIST]() == 200
    assert pages[f"{LIST}1/"]() == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_that_is_private_moves_the_validators(client, shown, address):
    before = client.get(address)
    make.make_initiative("CI-2025-0009", publication="draft", organisations=["secret"])
    make.make_event("secret")
    after = client.get(address)
    assert (after["ETag"], after["Last-Modified"]) == (before["ETag"], before["Last-Modified"])
