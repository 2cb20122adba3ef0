"""A bank in some initiatives, for tests, and what the index of organisations says of it."""

from lxml import html

from tests import factories as make

PAYS, GETS, PART = "CI-2025-0001", "CI-2025-0002", "CI-2025-0003"


def make_bank():
    """It pays for one, which is late, gets money in one and signs one; another pays beside it."""
    make.make_country("KZ")
    one = make.make_organisation(
        "bank", kind="bank", acronym="RDB", country=make.make_country("UZ"), name_ru="Банк развития"
    )
    other = make.make_organisation("other-bank")
    pays = make.make_initiative(PAYS, planned_end="2020")
    gets, part = (make.make_initiative(code, status="agreed") for code in (GETS, PART))
    make.make_funding(pays, "10", provider=one)
    make.make_funding(pays, "4.5", provider=one, type="disbursement")
    make.make_funding(pays, None, provider=one, type="pledge", undisclosed_in="EUR")
    make.make_funding(gets, "7", provider=other, receiver=one, currency="KZT")
    make.add_organisation(part, "bank", "signatory")
    make.make_funding(part, "987654", provider=other)
    return one


def read(client, query="", language="en"):
    response = client.get(f"/{language}/organisations/{query}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def slugs(tree):
    return [row.get("data-slug") for row in tree.cssselect("[data-slug]")]


def cells(tree, slug):
    """The words of name, pays, gets and takes part."""
    (row,) = tree.cssselect(f"[data-slug={slug}]")
    return [" ".join(cell.text_content().split()) for cell in row]


def links(tree, slug):
    (row,) = tree.cssselect(f"[data-slug={slug}]")
    return [link.get("href") for link in row.cssselect("a")]
