"""Amounts and dates as they are typed in a real browser."""

import pytest

from initiatives.models import Funding
from tests.desk import edit, make_chief
from tests.factories import make_funding, make_initiative

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
AMOUNT = "#id_funding-0-amount"


@pytest.fixture
def form(browser, live_server):
    """The form of a record with one line of money; it fails where the console complains."""
    make_chief("chief")
    record = make_initiative(title_en="Road")
    make_funding(record, "5.00", currency="USD")
    tab, complaints = browser.new_page(), []
    tab.goto(f"{live_server.url}/admin/")
    tab.fill("#id_username", "chief")
    tab.fill("#id_password", "pw")
    tab.click("#login-form [type=submit]")
    tab.wait_for_selector("#user-tools")
    tab.on("console", lambda said: complaints.append(said.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{live_server.url}{edit(record)}")
    tab.click("#funding-0 > details > summary")
    yield tab
    tab.close()
    assert complaints == []


def amount():
    return str(Funding.objects.get().amount)


def test_the_wheel_of_the_mouse_changes_nothing(form):
    form.focus(AMOUNT)
    form.hover(AMOUNT)
    for turn in (120, -120, -240):
        form.mouse.wheel(0, turn)
    assert form.input_value(AMOUNT) == "5.00"


def test_what_is_typed_is_understood_beside_the_box_and_stored(form):
    said = form.locator("#id_funding-0-amount ~ .desk-understood")
    assert said.inner_text().replace("\xa0", " ") == "USD 5"
    form.fill(AMOUNT, "")
    form.type(AMOUNT, "300 000,50")
    form.wait_for_selector(f"{AMOUNT} ~ .desk-understood:has-text('300,000.50')")
    form.click("[name=_continue]")
    form.wait_for_selector(".messagelist")
    assert amount() == "300000.50"
    assert form.input_value(AMOUNT) == "300000.50"


def test_two_readings_are_told_while_they_are_typed(form):
    form.fill(AMOUNT, "1,500")
    form.wait_for_selector("#id_funding-0-amount ~ .desk-not-understood")
    said = form.locator("#id_funding-0-amount ~ .desk-understood")
    assert "may be 1500 or 1.5" in said.inner_text()


def test_the_currency_is_found_by_a_part_of_its_name(form):
    form.click("#id_funding-0-currency + .select2")
    form.keyboard.type("tenge")
    form.keyboard.press("Enter")
    assert form.input_value("#id_funding-0-currency") == "KZT"
    form.wait_for_selector(f"{AMOUNT} ~ .desk-understood:has-text('KZT')")
