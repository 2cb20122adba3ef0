"""Beside a text with a limit its length is shown, and nothing that is pasted is cut."""

import pytest

from tests.desk import edit
from tests.factories import make_initiative
from tests.test_admin_comfort_browser import desk  # noqa: F401

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


def test_a_counter_says_the_length_and_what_is_too_much(desk, live_server):  # noqa: F811
    record = make_initiative(title_en="Bridge")
    desk.goto(live_server.url + edit(record))
    desk.click("summary:has-text('Қазақша')")
    counter = desk.locator("#id_title_kk + .desk-counter")
    assert counter.text_content() == ""
    desk.fill("#id_title_kk", "ы" * 200)
    assert counter.text_content() == "Characters: 200 of 250."
    desk.fill("#id_title_kk", "ё" * 257)
    assert counter.text_content() == "Characters: 257 of 250. Too many by 7."
    assert len(desk.input_value("#id_title_kk")) == 257
    desk.fill("#id_summary_en", "👩\n" * 200)
    assert (
        "Characters: 399 of 500." in desk.locator("#id_summary_en + .desk-counter").text_content()
    )
