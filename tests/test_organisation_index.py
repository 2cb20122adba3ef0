"""The index of organisations: what each pays, gets and takes part in, and nothing of drafts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives import actions
from initiatives.models import Initiative
from tests import factories as make
from tests.desk import make_chief
from tests.organisation_rows import PAYS, cells, links, make_bank, read, slugs

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return make_bank()


# --- What a row says ------------------------------------------------------------------------------


def test_each_currency_and_kind_of_money_stands_by_itself(client, bank):
    name, pays, gets, parts = cells(read(client), "bank")
    assert name == "Bank (RDB) Bank · Uzbekistan"
    assert pays == "Paid: USD 4.50 Commitment: USD 10 Pledge: undisclosed in 1 initiative"
    assert gets == "Commitment: KZT 7 in 1 initiative"
    assert parts == "Planned: 1 Agreed: 2 3 initiatives · 1 late has a role in 1 of them"


def test_what_others_pay_in_the_same_initiatives_is_theirs(client, bank):
    _name, pays, gets, parts = cells(read(client), "other-bank")
    assert pays == "Commitment: USD 987,654.00 Commitment: KZT 7 in 2 initiatives"
    assert gets == "nothing recorded"
    assert parts == "Agreed: 2 2 initiatives · none late has a role in none of them"


def test_every_number_leads_to_exactly_what_it_counts(client, bank):
    tree = read(client)
    listed = "/en/initiatives/?organisation="
    page = "/en/organisations/bank/"
    assert links(tree, "bank") == [
        *(page, f"{page}#pays", f"{page}#gets"),
        *(f"{listed}bank", f"{listed}bank&flag=overdue", f"{page}#parts"),
    ]
    # The list shows exactly those that the other one pays for: all that it is in.
    assert links(tree, "other-bank")[1] == f"{listed}other-bank"
    for address, number in ((f"{listed}bank", 3), (f"{listed}bank&flag=overdue", 1)):
        found = html.fromstring(client.get(address).content.decode())
        assert len(found.cssselect("[data-code]")) == number


def test_bars_stand_on_one_scale_of_one_currency(client, bank):
    def widths(slug, currency):
        (row,) = read(client, f"?currency={currency}").cssselect(f"[data-slug={slug}]")
        return [bar.get("width") for bar in row.cssselect(".paid-bar rect")]

    make.make_funding(make.make_initiative(), "20", provider=make.make_organisation("fund"))
    make.make_funding(make.make_initiative(), "-2", provider=make.make_organisation("debtor"))
    make.make_funding(make.make_initiative(), "1000000", provider=bank, currency="EUR")
    assert widths("other-bank", "KZT") == ["100%", "0%"]
    assert widths("bank", "KZT") == []
    assert widths("fund", "USD") == ["0%", "0%"]  # 20 of 987,654
    assert widths("debtor", "USD") == ["0%", "0%"]
    assert widths("bank", "EUR") == ["100%", "0%"]


def test_the_money_of_a_part_is_not_added_to_that_of_its_whole(client, bank):
    part = make.make_initiative(parent=Initiative.objects.get(code=PAYS))
    make.make_funding(part, "3", provider=bank, type="disbursement")
    make.make_funding(part, "2", provider=bank, type="disbursement", currency="EUR")
    _name, pays, _gets, _parts = cells(read(client), "bank")
    assert "Paid: USD 4.50 " in pays
    assert "Paid: EUR 2 " in pays
    assert "in 2 initiatives" in pays


def test_a_row_shows_two_sums_of_the_currency_that_is_compared_and_opens_the_others(client, bank):
    for number, currency in enumerate(("AED", "CNY"), 3):
        make.make_funding(make.make_initiative(), number, provider=bank, currency=currency)
    pays = read(client).cssselect("[data-slug=bank] [data-label=Pays]")[0]
    parts = pays.cssselect(".own-sums, summary")
    shown, summary, more = (" ".join(part.text_content().split()) for part in parts)
    assert (shown, summary) == ("Paid: USD 4.50 Commitment: USD 10", "and 3 more")
    assert more == "Commitment: AED 3 Commitment: CNY 4 Pledge: undisclosed"


def test_one_that_only_stands_at_an_event_is_named_with_nothing_else(client):
    event = make.make_public_event("summit")
    event.organisations.add(make.make_organisation("host"))
    assert cells(read(client), "host")[1:] == ["nothing recorded", "nothing recorded", "at 1 event"]
    assert slugs(read(client, "?does=pays&does=gets&does=takes-part")) == []


def test_the_head_counts_what_all_of_them_do(client, bank):
    text = " ".join(read(client, "?does=gets").cssselect("main")[0].text_content().split())
    for words in ("1 organisation gets money", "2 organisations pay", "1 organisation has a role"):
        assert words in text
    assert "2 organisations in all" in text
    assert read(client, "?does=gets").cssselect("[data-total]")[0].get("data-total") == "1"


@pytest.mark.once
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "в 21 инициативе"),
        ("uz", "21 ta tashabbusda"),
        ("kk", "21 бастамада"),
        ("en", "in 21 initiatives"),
    ],
)
def test_numbers_agree_in_every_language(client, language, words):
    fund = make.make_organisation("fund")
    for made in make.make_initiatives(21):
        make.make_funding(made, "1", provider=fund)
    assert words in cells(read(client, language=language), "fund")[1]


# --- What is not public ---------------------------------------------------------------------------


def test_what_is_not_public_is_neither_named_nor_counted(client, bank):
    secret = make.make_organisation("secret", name_en="CANARY", acronym="CAN")
    draft = make.make_initiative(publication="draft", organisations=["bank"])
    make.make_funding(draft, "1000", provider=secret, receiver=bank, currency="CHF")
    make.make_funding(draft, "2000", provider=bank)
    for query in ("", "?q=canary", "?q=CAN", "?sort=name", "?sort=paid&currency=CHF", "?does=gets"):
        page = client.get(f"/en/organisations/{query}").content.decode()
        assert "secret" not in page
        assert "CANARY" not in page
        assert "000</" not in page
    text = cells(read(client), "bank")
    assert "USD 10 " in text[1]
    assert text[3].startswith("Planned: 1 Agreed: 2 3 initiatives")
    assert "CHF" not in read(client).cssselect("#filter-currency")[0].text_content()


def test_what_was_withdrawn_is_gone_from_every_number(client, bank):
    made = make.make_initiative("CI-2025-0009", title_en="One", summary_en="Two")
    make.make_status_change(made)
    make.cite(made)
    gone = make.make_organisation("gone")
    make.make_funding(made, "5", provider=gone, receiver=bank)
    assert "gone" in slugs(read(client))
    actions.withdraw(made, reason={"en": "wrong"}, by=make_chief())
    tree = read(client)
    assert "gone" not in slugs(tree)
    assert "USD" not in cells(tree, "bank")[2]


# --- What narrows ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *[("q=rdb", ["bank"]), ("q=банк+развития", ["bank"]), ("q=РДБ", ["bank"])],
        *[("q=other", ["other-bank"]), ("q=zzz", []), ("q=...", [])],
        ("q=rdb&q=other", ["bank", "other-bank"]),
        *[("kind=bank", ["bank"]), ("kind=government", ["other-bank"])],
        ("kind=bank&kind=government", ["bank", "other-bank"]),
        *[("country=uz", ["bank"]), ("country=KZ", []), ("country=UZ&country=KZ", ["bank"])],
        *[("does=pays", ["bank", "other-bank"]), ("does=gets", ["bank"])],
        ("does=takes-part", ["bank"]),
        ("kind=government&does=gets", []),
        ("q=bank&kind=government&does=pays", ["other-bank"]),
        ("utm_source=mail&kind=&q=", ["bank", "other-bank"]),
    ],
)
def test_values_of_one_parameter_widen_and_parameters_narrow(client, bank, query, found):
    tree = read(client, f"?{query}")
    assert slugs(tree) == found
    assert tree.cssselect("[data-total]")[0].get("data-total") == str(len(found))
    assert tree.cssselect("main [role=alert]") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        *[("kind=zzz", "kind"), ("kind=bank&kind=zzz", "kind"), ("does=eats", "does")],
        *[("country=XX", "country"), ("country=%00", "country"), ("sort=size", "sort")],
        *[("currency=XYZ", "currency"), ("currency=9" + "9" * 300, "currency")],
        *[("q=%00", "q"), ("q=%FF%FE", "q"), ("q=" + "x" * 300, "q")],
        ("q=" + "+".join(map(str, range(11))), "q"),
        ("&".join(f"kind={number}" for number in range(60)), "kind"),
        *[("page_size=0", "page_size"), ("page_size=101", "page_size"), ("page=abc", "page")],
        *[("page=%00", "page"), ("page=0", "page")],
    ],
)
def test_what_cannot_be_understood_is_an_error_of_its_field_and_shows_nothing(
    client, bank, query, field
):
    tree = read(client, f"?{query}")
    assert slugs(tree) == []
    assert tree.cssselect("[data-total]") == []
    (alert,) = tree.cssselect("main [role=alert]")
    assert {link.get("href") for link in alert.cssselect("a")} == {f"#filter-{field}"}
    assert tree.cssselect(f"#filter-{field}")
    if field != "page":
        assert tree.cssselect(f"#filter-{field}-error")


@pytest.mark.parametrize("query", ["%00=1", "knd=bank", "kind[]=bank", "as_of=2025-01-01", "=1"])
def test_a_parameter_that_it_does_not_take_is_told_and_shows_nothing(client, bank, query):
    tree = read(client, f"?{query}&does=pays")
    assert slugs(tree) == []
    assert "is not a parameter" in tree.cssselect("main [role=alert]")[0].text_content()
    (way,) = tree.cssselect("main [role=alert] p > a")
    assert way.get("href") == "/en/organisations/?does=pays"


@pytest.mark.parametrize("query", ["kind=bank", "x{0}=1", "q={0}", "a"])
def test_ten_thousand_parameters_are_refused_in_words(client, bank, query):
    answer = read(client, "?" + "&".join(query.format(number) for number in range(10_000)))
    assert slugs(answer) == []
    assert "too many parameters" in answer.cssselect("main [role=alert]")[0].text_content()


@pytest.mark.parametrize("page", ["3", "999999999", "9223372036854775808"])
def test_a_page_past_the_end_is_not_found(client, bank, page):
    assert client.get(f"/en/organisations/?page_size=1&page={page}").status_code == 404


def test_pages_keep_what_was_asked(client, bank):
    tree = read(client, "?does=pays&kind=bank&kind=government&page_size=1")
    assert slugs(tree) == ["bank"]
    (following,) = {link.get("href") for link in tree.cssselect("main [rel=next]")}
    assert slugs(read(client, following.removeprefix("/en/organisations/"))) == ["other-bank"]
    chosen = [option.get("value") for option in tree.cssselect("[name=kind] [selected]")]
    assert chosen == ["bank", "government"]


# --- Answers --------------------------------------------------------------------------------------


def test_ten_take_as_many_queries_as_one(client):
    def queries(query):
        with CaptureQueriesContext(connection) as captured:
            read(client, query)
        return len(captured)

    def fill(number):
        for _ in range(number):
            made = make.make_initiative()
            name = f"bank-{made.pk}"
            bank = make.make_organisation(name, country=make.make_country("UZ"))
            make.add_organisation(made, name)
            make.make_funding(made, provider=bank, receiver=bank)

    asked = ["", "?q=bank&kind=government&country=UZ&does=pays", "?sort=name", "?sort=paid"]
    fill(1)
    read(client)
    for_one = [queries(query) for query in asked]
    fill(9)
    read(client)
    assert [queries(query) for query in asked] == for_one
    assert max(for_one) <= 20


def test_who_has_it_already_is_told_so_until_something_changes(client, bank):
    first = client.get("/en/organisations/?sort=name")
    assert first["Cache-Control"] == "public, no-cache"
    known = {"if-none-match": first["ETag"]}
    assert client.get("/en/organisations/?sort=name", headers=known).status_code == 304
    bank.name_en = "Renamed"
    actions.save(bank, by=make_chief())
    answer = client.get("/en/organisations/?sort=name", headers=known)
    assert answer.status_code == 200
    assert "Renamed" in answer.content.decode()


def test_its_pages_lead_to_it(client, bank):
    tree = html.fromstring(client.get("/en/organisations/bank/").content.decode())
    steps = [link.get("href") for link in tree.cssselect(".breadcrumbs a")]
    assert steps == ["/en/", "/en/organisations/"]
    (current,) = read(client).cssselect(".site-nav [aria-current]")
    assert (current.get("aria-current"), current.text) == ("page", "Organisations")


def test_before_anything_is_published_it_says_so(client):
    tree = read(client)
    text = " ".join(tree.cssselect("main")[0].text_content().split())
    assert "No published record names an organisation yet." in text
    assert "0 organisations" in text
