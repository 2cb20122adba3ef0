"""The index of organisations in its orders: by initiatives, by name, by what is paid."""

import pytest

from tests import factories as make
from tests.organisation_rows import read, slugs

pytestmark = pytest.mark.django_db


def test_most_initiatives_come_first_and_ties_go_by_slug(client):
    for number, slug in ((1, "zebra"), (3, "lion"), (1, "ant")):
        make.make_initiatives(number, organisations=[slug])
    assert slugs(read(client)) == ["lion", "ant", "zebra"]
    assert slugs(read(client, "?sort=initiatives")) == ["lion", "ant", "zebra"]


def test_names_go_by_what_the_reader_sees(client):
    made = make.make_initiative()
    for slug, english, russian in (("a", "Zeta", "Альфа"), ("b", "beta", "Яна"), ("c", "Eta", "")):
        make.make_organisation(slug, name_en=english, name_ru=russian)
        make.add_organisation(made, slug)
    assert slugs(read(client, "?sort=name")) == ["b", "c", "a"]
    assert slugs(read(client, "?sort=name", "ru")) == ["a", "b", "c"]


@pytest.fixture
def payers():
    """By slug: paid and committed in US dollars, and the number of further initiatives."""
    for slug, paid, committed, further in (
        *(("least", "1", "500", 0), ("most", "9999999999999.999", None, 0)),
        *(("owes", None, "70", 0), ("owes-less", None, "60", 0), ("back", "-3", "900", 0)),
        *(("none", None, None, 1), ("euro", None, None, 2)),
    ):
        bank = make.make_organisation(slug)
        make.make_initiatives(further, organisations=[slug])
        made = make.make_initiative(organisations=[slug])
        for amount, kind in ((paid, "disbursement"), (committed, "commitment")):
            if amount:
                make.make_funding(made, amount, type=kind, provider=bank)
        if slug == "euro":
            make.make_funding(made, "8", type="disbursement", provider=bank, currency="EUR")


IN_DOLLARS = ["most", "least", "owes", "owes-less", "back", "euro", "none"]


def test_paid_goes_by_one_currency_and_the_others_follow_under_their_own_line(client, payers):
    tree = read(client, "?sort=paid&currency=usd")
    assert slugs(tree) == IN_DOLLARS
    (line,) = tree.cssselect(".organisation-others")
    assert line.getnext().get("data-slug") == "euro"
    assert line.text_content().split()[:5] == ["These", "pay", "nothing", "in", "USD:"]
    in_euro = read(client, "?sort=paid&currency=EUR")
    assert slugs(in_euro)[:2] == ["euro", "none"]
    assert in_euro.cssselect(".organisation-others")[0].getnext().get("data-slug") == "none"


def test_without_a_currency_that_of_most_payments_is_meant_and_said(client, payers):
    tree = read(client, "?sort=paid")
    assert slugs(tree) == IN_DOLLARS
    assert tree.cssselect("#filter-currency [selected]")[0].get("value") == "USD"
    assert "in USD on one scale" in " ".join(tree.text_content().split())


def test_the_line_stands_on_the_page_where_the_others_begin_and_on_those_after_it(client, payers):
    pages = [read(client, f"?sort=paid&page_size=3&page={number}") for number in (1, 2, 3)]
    assert [slugs(tree) for tree in pages] == [IN_DOLLARS[:3], IN_DOLLARS[3:6], IN_DOLLARS[6:]]
    assert [len(tree.cssselect(".organisation-others")) for tree in pages] == [0, 1, 1]
    assert not read(client, "?sort=name").cssselect(".organisation-others")


def test_what_a_whole_covers_does_not_move_its_payer_up(client):
    for slug, of_part in (("whole", "30"), ("part", "0")):
        bank, whole = make.make_organisation(slug), make.make_initiative()
        part = make.make_initiative(parent=whole)
        make.make_funding(whole, "20", type="disbursement", provider=bank)
        make.make_funding(part, of_part, type="disbursement", provider=bank)
    other = make.make_organisation("other")
    make.make_funding(part, "25", type="disbursement", provider=other)
    assert slugs(read(client, "?sort=paid&currency=USD")) == ["other", "part", "whole"]
