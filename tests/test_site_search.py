"""Every public page has one search box, and its words lead to the list."""

import pytest
from lxml import html

from tests.factories import make_initiative
from tests.test_public_addresses import PAGES, fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def boxes(client, address):
    tree = html.fromstring(client.get(address).content.decode())
    return tree.cssselect("[role=search]")


def test_each_page_has_one_box(client):
    fill()
    for page in PAGES:
        assert len(boxes(client, f"/kk/{page}")) == 1, page


def test_a_page_that_is_not_there_has_one_too(client):
    assert len(boxes(client, "/ru/initiatives/CI-1999-0001/")) == 1


def test_its_words_find_records_in_the_list(client):
    make_initiative("CI-2025-0001", title_en="Bridge")
    (box,) = boxes(client, "/en/events/")
    assert (box.get("action"), box.get("method")) == ("/en/initiatives/", "get")
    (field,) = box.cssselect("input")
    found = client.get(box.get("action"), {field.get("name"): "bridge"}).content.decode()
    assert 'data-code="CI-2025-0001"' in found
