"""Amounts and dates as officers type them into the forms of the desk."""

import pytest
from lxml import html

from initiatives.models import Funding, Initiative
from tests.desk import add_row, edit, errors_in, make_chief, send, signed_in, values_of
from tests.factories import make_funding, make_initiative, make_sector

pytestmark = [pytest.mark.django_db, pytest.mark.once]
EMPTY = {"amount_kind": "exact", "instrument": "unknown", "type": "commitment"}


@pytest.fixture
def desk():
    return signed_in(make_chief())


@pytest.fixture
def road():
    return make_initiative(title_en="Road")


def add_money(desk, record, **typed):
    values = add_row(values_of(desk.get(edit(record))), "funding", **(EMPTY | typed))
    return desk.post(edit(record), {**values, "_continue": ""}, follow=True)


def told(answer):
    page = html.fromstring(answer.content.decode())
    return [
        " ".join(one.text_content().split()) for one in page.xpath("//ul[@class='messagelist']/li")
    ]


@pytest.mark.parametrize(
    ("typed", "currency", "stored"),
    [
        *(("300 000,50", "USD", "300000.50 USD"), ("1,5 млн", "UZS", "1500000.00 UZS")),
        *(("300 млн", "KZT", "300000000.00 KZT"), ("$5bn", "", "5000000000.00 USD")),
        *(("300.000.000", "EUR", "300000000.00 EUR"), ("5,000,000.50", "USD", "5000000.50 USD")),
        ("$5bn", "USD", "5000000000.00 USD"),
    ],
)
def test_a_typed_amount_is_stored_as_meant(desk, road, typed, currency, stored):
    answer = add_money(desk, road, amount=typed, currency=currency)
    assert errors_in(answer) == []
    money = Funding.objects.get()
    assert f"{money.amount} {money.currency}" == stored


@pytest.mark.parametrize("typed", ["1.500", "1,500"])
def test_two_readings_are_asked_about_and_what_was_typed_stays(desk, road, typed):
    answer = add_money(desk, road, amount=typed, currency="USD")
    assert f"“{typed}” may be 1500 or 1.5. Write 1500 or 1.50." in errors_in(answer)
    assert (typed in values_of(answer).values(), Funding.objects.count()) == (True, 0)


def test_a_currency_sign_that_contradicts_the_choice_is_an_error_of_the_amount(desk, road):
    answer = add_money(desk, road, amount="$5bn", currency="EUR")
    assert "“$5bn” says USD, and the currency here is EUR." in errors_in(answer)
    assert Funding.objects.count() == 0


def test_what_was_understood_is_told_after_saving_and_stands_beside_the_box(desk, road):
    answer = add_money(desk, road, amount="1000,1234", currency="USD")
    assert any(
        "Amount: “1000,1234” is stored as USD 1,000.123. “1000,1234” is rounded to 1000.123" in one
        for one in told(answer)
    )
    page = html.fromstring(answer.content.decode())
    box = page.get_element_by_id("id_funding-0-amount")
    assert (box.get("type"), box.get("inputmode"), box.value) == ("text", "decimal", "1000.123")
    assert box.getparent().xpath(".//output")[0].text_content() == "USD 1,000.123"


def test_no_box_of_the_form_is_of_the_kind_that_turns_with_the_wheel(desk, road):
    make_funding(road, "5")
    page = html.fromstring(desk.get(edit(road)).content.decode())
    numbers = page.xpath("//input[@type='number']/@name")
    assert [
        one
        for one in numbers
        if one.rpartition("-")[2] in ("amount", "amount_max", "usd_rate", "percent")
    ] == []


def test_a_percentage_is_read_and_one_above_100_is_refused(desk, road):
    sector = make_sector("water")
    for typed, wrong in (("33,333", []), ("120", ["“120” is more than 100."])):
        values = values_of(desk.get(edit(road)))
        row = add_row(values, "sectors", sector=str(sector.pk), percent=typed)
        answer = desk.post(edit(road), {**row, "_continue": ""}, follow=True)
        assert [one for one in errors_in(answer) if one.startswith("“")] == wrong
        assert str(road.sectors.get(sector=sector).percent) == "33.33"
        road.sectors.filter(sector=sector).exclude(percent="33.33").delete()
        if typed == "33,333":
            assert any("“33,333” is rounded to 33.33" in one for one in told(answer))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("III кв. 2027 г.", "2027-Q3"),
        ("1 декабря 2027 г.", "2027-12-01"),
        ("2027–12–31", "2027-12-31"),
    ],
)
def test_a_typed_date_is_stored_as_meant(desk, road, typed, stored):
    send(desk, edit(road), planned_end=typed)
    assert str(Initiative.objects.get().planned_end) == stored


def test_a_date_with_two_readings_is_asked_about(desk, road):
    answer = send(desk, edit(road), planned_end="03/04/2027")
    assert any("may be 2027-04-03 or 2027-03-04" in one for one in errors_in(answer))
    assert values_of(answer)["planned_end"] == "03/04/2027"


def test_the_date_boxes_show_what_was_understood(desk):
    record = make_initiative(planned_end="2027-Q3")
    page = html.fromstring(desk.get(edit(record)).content.decode())
    box = page.get_element_by_id("id_planned_end")
    assert box.getparent().xpath(".//output")[0].text_content() == "Q3 2027"


def test_an_exact_day_is_not_guessed(desk, road):
    values = {"usd_rate_on": "03/04/2027", "amount": "5", "currency": "USD"}
    answer = add_money(desk, road, **values)
    assert any("may be 2027-04-03 or 2027-03-04" in one for one in errors_in(answer))


def test_a_currency_is_chosen_and_one_that_is_stored_stays_valid(desk, road):
    make_funding(road, "5", currency="DEM")
    page = html.fromstring(desk.get(edit(road)).content.decode())
    choice = page.get_element_by_id("id_funding-0-currency")
    assert (choice.tag, choice.value) == ("select", "DEM")
    assert "UZS – Uzbekistani Som" in choice.xpath("./option/text()")
    answer = send(desk, edit(road), **{"funding-0-amount": "6"})
    assert answer.status_code == 302
    assert [(str(one.amount), one.currency) for one in Funding.objects.all()] == [("6.00", "DEM")]


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("amount", "300 000,50", {"words": "USD 300,000.50"}),
        ("amount", "1,500", {"wrong": "“1,500” may be 1500 or 1.5. Write 1500 or 1.50."}),
        ("percent", "33,3", {"words": "33.30 %"}),
        ("date", "III кв. 2025", {"words": "Q3 2025"}),
        ("zzz", "", {"words": ""}),
    ],
)
def test_the_desk_answers_how_a_text_is_understood(desk, kind, text, answer):
    asked = {"kind": kind, "text": text, "currency": "USD"}
    assert desk.get("/admin/understood/", asked).json() == answer


@pytest.mark.parametrize("text", ["\x00", "9" * 5000, "\ud800".encode("utf-8", "replace"), "१२"])
def test_no_text_breaks_the_answer(desk, text):
    assert desk.get("/admin/understood/", {"kind": "amount", "text": text}).status_code in (
        200,
        400,
    )


def test_a_stranger_is_not_answered(client):
    assert client.get("/admin/understood/").status_code == 302
