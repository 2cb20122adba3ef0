"""Pages are sent again only if they would differ, and no cache shows one reader's to another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives import actions
from tests import factories as make
from tests.register import known_since
from tests.test_public_addresses import CODE, PAGES, fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("officer")


@pytest.fixture
def known(client):
    """A function that fetches a page and gives it again only if it is another one."""

    def fetch(page):
        known_since()
        etag = client.get(f"/en/{page}")["ETag"]
        return lambda: client.get(f"/en/{page}", headers={"If-None-Match": etag})

    return fetch


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_validators_and_is_the_same_for_all_readers(client, page):
    fill()
    response = client.get(f"/en/{page}")
    assert response["ETag"].startswith('W/"')
    assert response["Last-Modified"]
    assert response["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("page", PAGES)
def test_what_the_reader_has_is_not_sent_again(client, known, page):
    fill()
    response = known(page)()
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("page", ["", "initiatives/", "countries/kz/", "pairs/kz-uz/", "changes/"])
def test_a_change_of_a_record_is_seen_on_the_pages_that_show_it(known, officer, page):
    record = make.make_initiative(CODE)
    again = known(page)
    record.title_en = "Another title"
    actions.save(record, by=officer)
    assert again().status_code == 200


@pytest.mark.parametrize("relation", ["parent", "part", "prior", "next"])
def test_a_change_of_a_related_record_is_seen_too(known, officer, relation):
    record, other = make.make_initiative(CODE), make.make_initiative()
    whole, part = {"parent": (other, record), "part": (record, other)}.get(relation, (None, None))
    if part:
        part.parent = whole
        part.save()
    else:
        before, after = (other, record) if relation == "prior" else (record, other)
        make.make_status_change(before, "cancelled", continued_in=after)
    again = known(f"initiatives/{CODE}/")
    other.refresh_from_db()
    other.title_en = "Another title"
    actions.save(other, by=officer)
    assert again().status_code == 200


def test_another_record_leaves_the_page_of_a_record_as_it_is(known, officer):
    make.make_initiative(CODE)
    other = make.make_initiative()
    again = known(f"initiatives/{CODE}/")
    other.title_en = "Another title"
    actions.save(other, by=officer)
    assert again().status_code == 304


def test_what_was_withdrawn_is_not_taken_for_unchanged(known, officer):
    record = make.make_initiative(CODE)
    again = known(f"initiatives/{CODE}/")
    actions.withdraw(record, reason={"en": "A duplicate."}, by=officer)
    assert again().status_code == 410


def test_each_language_and_each_day_has_its_own_validator(client):
    made = timezone.now() - timedelta(days=9)
    make.make_initiative(CODE, created_at=made, published_at=made)
    yesterday = timezone.localdate() - timedelta(days=1)
    addresses = (f"/en/initiatives/{CODE}/", f"/kk/initiatives/{CODE}/")
    addresses += (f"{addresses[0]}?as_of={yesterday}",)
    assert len({client.get(address)["ETag"] for address in addresses}) == 3


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_not_kept_as_a_page(client, status):
    make.make_initiative("CI-2025-0003", publication="withdrawn", withdrawn_reason_en="Why.")
    code = {404: "CI-1999-0001", 410: "CI-2025-0003"}[status]
    response = client.get(f"/en/initiatives/{code}/")
    assert response.status_code == status
    assert response["Cache-Control"] == "no-cache"
    again = client.get(f"/en/initiatives/{code}/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == status
