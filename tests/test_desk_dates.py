"""Dates at the desk are told in the officer's language, as they are to the public."""

import pytest
from django.conf import settings
from lxml import html

from initiatives.choices import DeskRole
from tests.desk import address, edit, make_officer, signed_in
from tests.factories import make_initiative, make_milestone, make_source, make_status_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def road():
    record = make_initiative(planned_end="2027-05", first_planned_end="2026-H2")
    make_status_change(record, "agreed", effective="2025-03-14")
    make_milestone(record, "Pillars", planned="2027-Q1")
    make_source("treaty", published="2024-12")
    return record


def page(desk, path):
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    return html.fromstring(desk.get(path).content.decode())


def cells(desk, path, field):
    found = page(desk, path).xpath(f"//table[@id='result_list']//td[@class='field-{field} nowrap']")
    found += page(desk, path).xpath(f"//table[@id='result_list']//td[@class='field-{field}']")
    return [cell.text_content().strip() for cell in found]


@pytest.mark.parametrize(
    ("model", "field", "shown"),
    [
        ("initiative", "since", "14 марта 2025 г."),
        ("milestone", "planned", "1-й квартал 2027 г."),
        ("milestone", "actual", "–"),
        ("source", "published", "декабрь 2024 г."),
    ],
)
def test_lists_have_dates_in_words(road, model, field, shown):
    assert cells(signed_in(make_officer()), address(model), field) == [shown]


def test_a_list_is_sorted_by_such_a_column(road):
    make_milestone(road, "Deck", planned="2026")
    desk, path = signed_in(make_officer()), address("milestone")
    (sort,) = page(desk, path).xpath("//th[contains(@class, 'column-planned')]//a/@href")
    ascending = cells(desk, path + sort, "planned")
    assert ascending == ["2026 г.", "1-й квартал 2027 г."]
    assert cells(desk, path + sort.replace("o=", "o=-"), "planned") == ascending[::-1]


def test_dates_that_a_form_only_shows_are_in_words(road):
    form = page(signed_in(make_officer("vera", DeskRole.VIEWER)), edit(road))
    shown = {
        name: form.xpath(f"//div[contains(@class, 'field-{name}')]//div[@class='readonly']")
        for name in ("planned_end", "first_planned_end")
    }
    texts = {name: [one.text_content() for one in found] for name, found in shown.items()}
    assert texts["planned_end"][:1] == ["май 2027 г."]
    assert texts["first_planned_end"] == ["второе полугодие 2026 г."]
    history = form.xpath("//td[contains(@class, 'field-effective')]")
    assert [one.text_content().strip() for one in history] == ["14 марта 2025 г."]
