"""The lists of the desk on a tablet and on a telephone: nothing lies beyond the edge."""

import pytest
from django.conf import settings

from initiatives import models
from tests.desk import address, make_chief, signed_in
from tests.test_admin_lists import OURS, make_everything

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
BEYOND = """() => {
    const list = document.querySelector(".results");
    return [document.documentElement, list].map(box => box.scrollWidth - box.clientWidth);
}"""


@pytest.fixture
def open_list(browser, live_server):
    """A function that opens the list of a model in Kazakh, as a superuser."""
    key = signed_in(make_chief()).cookies[settings.SESSION_COOKIE_NAME].value
    make_everything()
    names = {"title_kk": "Ынтымақтастықтың инфрақұрылымдық бастамасы", "publication": "in_review"}
    models.Initiative.objects.update(**names)
    cookies = {settings.SESSION_COOKIE_NAME: key, settings.LANGUAGE_COOKIE_NAME: "kk"}
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies(
        [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
    )
    page = context.new_page()  # one for all: for each the browser would start a process

    def open_at(model, width):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + address(model._meta.model_name))
        return page

    yield open_at
    context.close()


def test_no_list_is_wider_than_the_screen_in_kazakh(open_list):
    beyond = {}
    for model in OURS:
        page = open_list(model, 820)
        for width in (820, 360):
            page.set_viewport_size({"width": width, "height": 900})
            beyond[model.__name__, width] = page.evaluate(BEYOND)
    assert {name: found for name, found in beyond.items() if found != [0, 0]} == {}


def test_each_value_stands_under_the_name_of_its_column(open_list):
    page = open_list(models.Initiative, 820)
    cells = page.locator("#result_list tbody tr").first.locator("[data-label]")
    names = [cell.get_attribute("data-label") for cell in cells.all()]
    headings = page.locator("#result_list thead .text").all_inner_texts()
    assert [name.upper() for name in names] == [text.upper() for text in headings if text]
