"""The acts for a selection, from outside: who selects, and what a browser would send."""

import pytest
from lxml import html

from initiatives.choices import DeskRole
from initiatives.models import Desk, DeskMember, Initiative
from tests.desk import address, make_officer, signed_in, values_of
from tests.factories import cite, make_initiative, make_initiatives, make_status_change

BULK = "/admin/initiatives/initiative/bulk/"
NO_KEYS = ["1\0", "abc", "", "-1", "9" * 30, str(2**63), "1.5", "²"]


def member(role, name="aziza", **covers):
    """An officer with `role` on a desk, by default one that covers everything."""
    officer = make_officer(name)
    DeskMember.objects.filter(user=officer).delete()  # what all officers may get by themselves
    desk = Desk.objects.get_or_create(name=f"Desk of {name}", **(covers or {"covers_all": True}))
    DeskMember.objects.create(desk=desk[0], user=officer, role=role)
    return officer


@pytest.fixture
def publisher():
    return signed_in(member(DeskRole.PUBLISHER))


@pytest.fixture
def editor():
    return signed_in(member(DeskRole.EDITOR))


@pytest.fixture
def rows():
    return make_initiatives(2)


def complete(**fields):
    """A draft that lacks nothing to be published."""
    made = make_initiative(publication="draft", summary_en="Short", **fields)
    cite(make_status_change(made))
    return made


def opened(client, name, rows, **fields):
    keys = [getattr(row, "pk", row) for row in rows]
    typed = {"action": name, "index": "0", "_selected_action": keys, **fields}
    return client.post(address("initiative"), typed)


def sent(client, page, **typed):
    """Send the form of `page` as a browser does, with all that is hidden in it."""
    form = html.fromstring(page.content.decode()).xpath("//form[@action=$at]", at=BULK)[0]
    hidden = {name: form.xpath(f".//input[@name='{name}']/@value") for name in ("selected", "met")}
    return client.post(BULK, {"confirm": "yes", **values_of(page), **hidden, **typed})


def done_to(client, name, rows, **typed):
    return sent(client, opened(client, name, rows), **typed)


def status_page(client, rows, to):
    return sent(client, opened(client, "status", rows), to=to, confirm=[])


def outcome_of(answer):
    return answer.context["outcome"]


def fresh(rows):
    return list(Initiative.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
