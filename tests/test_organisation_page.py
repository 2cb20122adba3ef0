"""What an organisation pays, gets and takes part in are three things, and each is its own."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives.models import Organisation
from initiatives.public.filtersets import InitiativeFilterSet
from tests import factories as make
from tests.listing import codes as codes_of
from tests.listing import counts
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAYS, GETS, PART = "CI-2025-0001", "CI-2025-0002", "CI-2025-0003"


@pytest.fixture
def bank():
    """It pays for one, gets from one and signs one; another bank pays beside it in each."""
    one, other = make.make_organisation("bank"), make.make_organisation("other-bank")
    pays, gets, part = (make.make_initiative(code) for code in (PAYS, GETS, PART))
    make.make_funding(pays, "5", provider=one, date="2025")
    make.make_funding(gets, "7", provider=other, receiver=one)
    make.add_organisation(part, "bank", "signatory")
    for made in (pays, gets, part):
        make.make_funding(made, "987654", provider=other)
    return one


def read(client, address="organisations/bank/", status=200):
    response = client.get(f"/en/{address}")
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def words(tree, name=None):
    part = tree.cssselect(f"section[aria-labelledby={name}]" if name else "main")[0]
    return " ".join(part.text_content().split())


def codes(tree, name):
    rows = tree.cssselect(f"section[aria-labelledby={name}] [data-code]")
    return [row.get("data-code") for row in rows]


def test_the_three_are_shown_apart_each_with_its_record(client, bank):
    tree = read(client)
    assert [codes(tree, name) for name in ("pays", "gets", "parts")] == [[PAYS], [GETS], [PART]]
    assert "Commitment: USD 5 " in words(tree, "pays")
    assert "Commitment: USD 7 " in words(tree, "gets")
    assert "Other bank" in words(tree, "gets")
    assert "Signatory" in words(tree, "parts")


def test_money_of_others_is_nowhere_on_its_page(client, bank):
    assert "987" not in words(read(client))


def test_the_list_finds_it_in_all_three_ways(bank):
    filterset = InitiativeFilterSet(QueryDict("organisation=bank"))
    assert set(codes_of(filterset)) == {PAYS, GETS, PART}


@pytest.mark.parametrize(
    "address",
    [
        "/initiatives.json?organisation=bank",
        "/initiatives.csv?organisation=bank",
        "/initiatives.atom?organisation=bank",
        "/initiatives.iati.xml?organisation=bank",
        "/api/v1/initiatives/?organisation=bank",
    ],
)
def test_every_format_has_the_same_three(client, bank, address):
    make.make_initiative("CI-2025-0009", organisations=["other-bank"])
    response = client.get(address)
    text = b"".join(response).decode() if response.streaming else response.content.decode()
    assert all(code in text for code in (PAYS, GETS, PART))
    assert "CI-2025-0009" not in text


def test_its_number_beside_the_option_counts_each_record_once(bank):
    both = make.make_initiative("CI-2025-0004", organisations=["bank"])
    make.make_funding(both, provider=bank, receiver=bank)
    make.make_funding(both, provider=bank)
    options = counts(InitiativeFilterSet(QueryDict("")), ["organisation"])["organisation"]
    assert {one.value: one.count for one in options} == {"bank": 4, "other-bank": 3}


def test_who_only_pays_has_a_page_and_one_that_only_a_draft_names_has_none(client):
    made = make.make_initiative()
    make.make_funding(made, provider=make.make_organisation("payer"))
    draft = make.make_initiative(publication="draft")
    make.make_funding(draft, provider=make.make_organisation("secret"))
    assert PAYS not in words(read(client, "organisations/payer/"))
    read(client, "organisations/secret/", status=404)
    assert not InitiativeFilterSet(QueryDict("organisation=secret")).is_valid()
    assert not Organisation.objects.published().filter(slug="secret").exists()


def test_money_in_a_draft_is_in_no_sum(client, bank):
    draft = make.make_initiative(publication="draft", organisations=["bank"], title_en="Secret")
    make.make_funding(draft, "1000", provider=bank)
    text = words(read(client))
    assert "1,000" not in text
    assert "Secret" not in text


def test_a_part_is_not_added_to_its_whole_and_money_of_others_covers_nothing(client):
    bank, other = make.make_organisation("bank"), make.make_organisation("other-bank")
    whole = make.make_initiative()
    middle = make.make_initiative(parent=whole)
    part = make.make_initiative(parent=middle)
    make.make_funding(whole, "10", provider=bank)
    make.make_funding(part, "4", provider=bank)
    make.make_funding(whole, "50", provider=other, currency="KZT")
    make.make_funding(part, "6", provider=bank, currency="KZT")
    totals = words(read(client), "pays")
    assert "Commitment: USD 10 " in totals
    assert "Commitment: KZT 6 " in totals


def test_undisclosed_is_counted_and_not_summed(client):
    bank = make.make_organisation("bank")
    made = make.make_initiative()
    make.make_funding(made, "10", provider=bank)
    make.make_funding(made, None, provider=bank, undisclosed_in="USD")
    assert "Commitment: USD 10 and 1 undisclosed amount" in words(read(client), "pays")


def test_what_there_is_none_of_is_not_recorded(client):
    make.make_initiative(organisations=["bank"])
    tree = read(client)
    assert "No money paid by it is recorded." in words(tree, "pays")
    assert "No money received by it is recorded." in words(tree, "gets")


def test_each_list_comes_in_pages_by_a_parameter_of_its_own(client, monkeypatch):
    monkeypatch.setattr("initiatives.public.pages.organisations.SIZE", 2)
    bank, made = make.make_organisation("bank"), make.make_initiative(organisations=["bank"])
    for _ in range(5):
        make.make_funding(made, "2", provider=bank)
    make.make_funding(made, "3", receiver=bank)
    tree = read(client)
    assert "Commitment: USD 10" in words(tree, "pays")
    assert [len(codes(tree, name)) for name in ("pays", "gets", "parts")] == [2, 1, 1]
    (after,) = tree.cssselect(".pagination a[rel=next]")
    assert after.get("href") == "/en/organisations/bank/?pays=2#pays"
    tree = read(client, "organisations/bank/?pays=3&gets=1")
    assert len(codes(tree, "pays")) == 1
    (before,) = tree.cssselect(".pagination a[rel=prev]")
    assert before.get("href") == "/en/organisations/bank/?gets=1&pays=2#pays"


@pytest.mark.parametrize("query", ["pays=2", "gets=2", "parts=2", "parts=0", "pays=x", "gets=%00"])
def test_a_page_of_a_list_that_is_not_there_is_missing(client, bank, query):
    read(client, f"organisations/bank/?{query}", status=404)


def test_on_a_narrow_screen_more_than_five_rows_are_folded_away(client):
    for _ in range(6):
        make.make_initiative(organisations=["bank"])
    (fold,) = read(client).cssselect("section.foldable details.all-rows")
    assert " ".join(fold.text_content().split()) == "Show all 6 entries of this page"


def test_what_was_given_back_is_told_in_words(client):
    bank = make.make_organisation("bank")
    made = make.make_initiative()
    for amount in ("10", "-3", "-1"):
        make.make_funding(made, amount, provider=bank)
    make.make_funding(made, "-2", provider=bank, currency="EUR")
    make.make_funding(made, "-7", provider=make.make_organisation("other-bank"))
    text = words(read(client), "pays")
    assert "Commitment: USD 6 (of this USD 4 was given back or corrected)" in text
    assert "Commitment: EUR -2 (given back or corrected)" in text.replace("−", "-")


def test_on_a_day_of_the_past_only_what_was_known_is_told(client, bank):
    long_ago = timezone.now() - timezone.timedelta(days=365)
    day = f"{timezone.now() - timezone.timedelta(days=30):%Y-%m-%d}"
    old = make.make_initiative(
        "CI-2024-0001", created_at=long_ago, published_at=long_ago, title_en="Old"
    )
    make.make_status_change(old, recorded_at=long_ago)
    make.make_funding(old, "3", provider=bank, created_at=long_ago)
    known_since(long_ago, "CI-2024-0001")
    make.make_funding(old, "8", provider=bank)
    tree = read(client, f"organisations/bank/?as_of={day}")
    assert "Commitment: USD 3 " in words(tree, "pays")
    assert codes(tree, "gets") == codes(tree, "parts") == []


def test_the_queries_do_not_grow_with_the_rows(client, bank):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            read(client)
        return len(captured)

    queries()
    before = queries()
    for _ in range(20):
        made = make.make_initiative(organisations=["bank"])
        make.make_funding(made, provider=bank, receiver=make.make_organisation(f"r{made.pk}"))
        make.make_funding(made, provider=make.make_organisation(f"p{made.pk}"), receiver=bank)
    assert queries() == before
