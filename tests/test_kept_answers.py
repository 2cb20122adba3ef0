"""A public answer is made once, and made anew as soon as anything public is another one."""

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives import actions
from initiatives.http import caching
from initiatives.models import Country, Edition
from tests.desk import make_chief
from tests.editions import redact
from tests.factories import (
    add_organisation,
    cite,
    make_event,
    make_initiative,
    make_organisation,
    make_source,
    make_status_change,
)
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
CODE = "CI-2025-0001"
LIST, RECORD, JSON = "/en/initiatives/", f"/en/initiatives/{CODE}/", "/en/initiatives.json"
ADDRESSES = ["/en/", LIST, RECORD, "/en/pairs/kz-uz/", JSON, "/en/initiatives.atom", "/api/v1/"]
STORED = {
    "answers": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"}
}


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.CACHES = settings.CACHES | STORED
    caches["answers"].clear()
    yield
    caches["answers"].clear()


@pytest.fixture
def chief():
    return make_chief()


@pytest.fixture
def shown():
    initiative = make_initiative(CODE, summary_en="A summary")
    make_status_change(initiative)
    cite(initiative)
    known_since()
    return initiative


def asked(client, address):
    """(number of queries, answer)."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    return len(captured), response


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_second_reader_gets_the_same_answer_for_a_few_tiny_queries(client, shown, address):
    first, again = client.get(address), asked(client, address)
    assert (again[1].status_code, again[1].content) == (200, first.content)
    for name in ("ETag", "Last-Modified", "Content-Type", "Cache-Control", "Vary"):
        assert again[1].get(name) == first.get(name)
    assert again[0] <= 7


@pytest.mark.parametrize("address", [LIST, RECORD, JSON])
def test_after_a_public_edit_the_next_answer_is_another_one(client, shown, chief, address):
    client.get(address)
    shown.refresh_from_db()
    shown.title_en = "A bridge"
    actions.save(shown, by=chief)
    assert "A bridge" in client.get(address).content.decode()


def test_a_check_by_the_desk_and_a_new_name_are_seen_at_once(client, shown, chief):
    client.get(RECORD)
    actions.mark_checked(shown, by=chief)
    assert "Last checked by the desk" in client.get(RECORD).content.decode()
    country = Country.objects.get(iso2="KZ")
    country.name_en = "Qazaqstan"
    actions.save(country, by=chief)
    assert "Qazaqstan" in client.get(RECORD).content.decode()


@pytest.mark.parametrize("address", [LIST, RECORD, JSON, "/en/events/"])
def test_nothing_private_moves_the_validators(client, shown, chief, address):
    before = client.get(address)
    shown.refresh_from_db()
    shown.internal_note, shown.review_every_days = "CANARY", shown.review_every_days
    actions.save(shown, by=chief)
    draft = make_initiative("CI-2025-0002", publication="draft")
    draft.title_en = "CANARY"
    actions.save(draft, by=chief)
    event = make_event("talks")
    event.title_en = "CANARY"
    actions.save(event, by=chief)
    bank = make_organisation("secret-bank")
    add_organisation(draft, "secret-bank")
    bank.name_en = "CANARY"
    actions.save(bank, by=chief)
    secret = make_source("secret", is_public=False)
    secret.title = "CANARY"
    actions.save(secret, by=chief)
    after = client.get(address)
    for name in ("ETag", "Last-Modified"):
        assert after[name] == before[name]


@pytest.mark.parametrize("hidden", [0, 11])
def test_the_name_of_a_public_organisation_moves_them(client, shown, chief, hidden):
    bank = make_organisation("bank")
    add_organisation(shown, "bank")
    known_since()
    for number in range(hidden):
        make_organisation(f"secret-{number}")
    before = client.get(RECORD)
    bank.name_en = "The Bank"
    actions.save(bank, by=chief)
    for number in range(hidden):
        make_organisation(f"later-{number}")
    after = client.get(RECORD)
    assert after["ETag"] != before["ETag"]
    assert "The Bank" in after.content.decode()


def test_who_is_signed_in_gets_an_answer_of_their_own(client, shown, chief):
    client.get(LIST)
    client.force_login(chief)
    queries, _response = asked(client, LIST)
    assert queries > 10


def test_what_is_not_there_and_what_is_wrong_are_not_kept(client, shown):
    for address in ("/en/initiatives/CI-1999-0001/", f"{JSON}?status=nothing"):
        client.get(address)
    assert not caches["answers"]._cache


def test_each_language_day_and_address_is_kept_apart(client, shown, monkeypatch):
    seen = {client.get(address)["ETag"] for address in (LIST, "/ru/initiatives/", f"{LIST}?q=a")}
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    seen.add(client.get(LIST)["ETag"])
    assert len(seen) == 4


def test_a_reader_of_another_language_or_format_does_not_get_what_was_kept(client, shown):
    api, unprefixed = "/api/v1/initiatives/", "/initiatives.json"
    for address in (api, unprefixed):
        assert client.get(address)["Content-Language"] == "en"
        for headers in ({"accept-language": "ru"}, {"accept-language": "kk"}):
            expected = headers["accept-language"]
            assert client.get(address, headers=headers)["Content-Language"] == expected
    assert client.get(api, headers={"accept": "text/html"}).status_code == 406
    client.cookies["django_language"] = "uz"
    assert client.get(unprefixed)["Content-Language"] == "uz"


@pytest.mark.parametrize("address", [LIST, JSON, "/api/v1/"])
def test_a_kept_answer_is_not_sent_twice_and_a_head_has_no_body(client, shown, address):
    first = client.get(address)
    known = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):  # RFC 9110, 15.4.5
        assert known.get(name) == first.get(name)
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert head["Content-Length"] == first["Content-Length"]


@pytest.mark.parametrize("address", [LIST, RECORD, JSON, "/api/v1/"])
def test_that_nothing_changed_is_kept_too_for_who_has_the_answer_already(client, shown, address):
    first = client.get(address)
    caches["answers"].clear()
    headers = {"if-none-match": first["ETag"]}
    made = client.get(address, headers=headers)
    with CaptureQueriesContext(connection) as captured:
        again = client.get(address, headers=headers)
    assert made.status_code == again.status_code == 304
    assert len(captured) <= 7
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert again.get(name) == made.get(name) == first.get(name)
    whole = client.get(address, headers={"if-none-match": '"other"'})
    assert (whole.status_code, whole.content) == (200, first.content)
    assert client.get(address, headers=headers).status_code == 304
    assert asked(client, address)[1].content == first.content


def test_a_text_that_is_taken_out_of_the_register_is_kept_no_longer(client, shown):
    past = f"{RECORD}?as_of={timezone.localdate()}"
    assert "A summary" in client.get(past).content.decode()
    redact(Edition.objects.order_by("position").last())
    assert "A summary" not in client.get(past).content.decode()


def test_where_the_register_does_not_answer_the_view_is_asked(client, shown, monkeypatch):
    first = client.get(LIST)

    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(caching, "state", fail)
    queries, again = asked(client, LIST)
    assert again.content == first.content
    assert queries > 7


def test_a_wrong_host_is_refused_in_the_language_of_the_reader(client, shown):
    client.get(LIST)
    refused = client.get("/ru/initiatives/", headers={"host": "other.example"})
    assert refused.status_code == 400
    assert '<html lang="ru">' in refused.content.decode()
