"""A form that is saved after somebody else saved the same, and what it then shows."""

import pytest
from lxml import html

from initiatives import actions
from tests.desk import edit, make_officer, signed_in, values_of


@pytest.fixture
def bek():
    return make_officer("bek")


@pytest.fixture
def desk():
    return signed_in(make_officer("aziza"))


def opened(desk, record, **typed):
    return values_of(desk.get(edit(record))) | {"_save": "", **typed}


def save_as(officer, record, **fields):
    record.refresh_from_db()
    for name, value in fields.items():
        setattr(record, name, value)
    actions.save(record, by=officer, reason="agreed")


def told(answer):
    """Label → (before, theirs, mine) of the view, without who, when and the choice."""
    page = html.fromstring(answer.content.decode())
    for noise in page.xpath("//section//td//fieldset | //section//td//span"):
        noise.drop_tree()
    rows = page.xpath("//section[@class='desk-three-way']//tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    return {label: tuple(values) for label, *values in cells}


def view_of(answer):
    page = html.fromstring(answer.content.decode())
    return " ".join(page.xpath("//section[@class='desk-three-way']")[0].text_content().split())


def again(answer, **typed):
    return values_of(answer) | {"_save": "", **typed}


TAKEN = "not changed; theirs is taken over"
