"""Rows of a form exchange their values in one save, also where a second person approves it."""

import pytest

from initiatives import actions, models
from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest
from tests.desk import add_row, address, edit, errors_in, make_officer, signed_in, values_of
from tests.factories import (
    add_country,
    add_organisation,
    cite,
    link_event,
    make_country,
    make_event,
    make_funding,
    make_initiative,
    make_milestone,
    make_organisation,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    """A record with two rows of each kind that may be there only once."""
    made = make_initiative(parties=(), main_sector=None)
    add_country(made, "UZ", role="party")
    add_country(made, "KZ", role="host")
    made.sectors.create(sector=make_sector("energy"), is_main=True, percent="60")
    made.sectors.create(sector=make_sector("water"), percent="40")
    add_organisation(made, "adb", role="1")
    add_organisation(made, "bank", role="4")
    link_event(made, make_event("first"), decision_en="At the first")
    link_event(made, make_event("second"), decision_en="At the second")
    cite(made, make_source("one"), locator="P1")
    cite(made, make_source("two"), locator="P2")
    made.external_ids.create(scheme="wb", value="1")
    made.external_ids.create(scheme="adb", value="2")
    return made


COUNTRY, ROLE, SECTOR = ("country",), ("role",), ("sector",)
EXCHANGES = [
    ("countries", ("country", "role")),
    ("countries", COUNTRY),
    ("sectors", SECTOR),
    ("sectors", ("is_main",)),
    ("sectors", ("percent",)),
    ("organisations", ("organisation", "role")),
    ("organisations", ("organisation",)),
    ("events", ("event",)),
    ("events", ("event", "relation")),
    ("citations", ("source", "locator")),
    ("citations", ("source",)),
    ("external_ids", ("scheme", "value")),
    ("external_ids", ("value",)),
]
SHOWN = {
    "countries": ("country__iso2", "role"),
    "sectors": ("sector__slug", "is_main", "percent"),
    "organisations": ("organisation__slug", "role"),
    "events": ("event__slug", "relation", "decision_en"),
    "citations": ("source__slug", "locator"),
    "external_ids": ("scheme", "value"),
}


def content(record, rows):
    return sorted(getattr(record, rows).values_list(*SHOWN[rows]), key=str)


def exchanged(values, rows, names):
    """The form with the values of the first two rows exchanged."""
    first = {f"{rows}-0-{name}": values.get(f"{rows}-1-{name}", "") for name in names}
    second = {f"{rows}-1-{name}": values.get(f"{rows}-0-{name}", "") for name in names}
    sent = values | first | second
    return {name: value for name, value in sent.items() if value != "" or "is_main" not in name}


def wanted(record, rows, names):
    before = list(getattr(record, rows).all())
    found = []
    for row, other in zip(before, reversed(before), strict=True):
        for name in names:
            setattr(row, f"_{name}", getattr(other, name))
        found.append(row)
    for row in found:
        for name in names:
            setattr(row, name, getattr(row, f"_{name}"))
    return sorted((tuple(_value(row, path) for path in SHOWN[rows]) for row in found), key=str)


def _value(row, path):
    for name in path.split("__"):
        row = getattr(row, name)
    return row


@pytest.mark.parametrize(("rows", "names"), EXCHANGES)
def test_two_rows_exchange_their_values(record, rows, names):
    client, right = signed_in(make_officer()), wanted(record, rows, names)
    answer = client.post(edit(record), exchanged(values_of(client.get(edit(record))), rows, names))
    assert (answer.status_code, errors_in(answer) if answer.content else []) == (302, [])
    assert content(record, rows) == right


@pytest.mark.parametrize(("rows", "names"), EXCHANGES)
def test_an_exchange_that_waited_is_done_when_it_is_approved(record, rows, names):
    editor, right = signed_in(make_officer("ed", DeskRole.EDITOR)), wanted(record, rows, names)
    before = content(record, rows)
    editor.post(edit(record), exchanged(values_of(editor.get(edit(record))), rows, names))
    assert content(record, rows) == before
    request = ChangeRequest.objects.first()
    if request is not None:
        actions.approve_request(request, by=make_officer("boss"))
    assert content(record, rows) == right
    assert request is not None or right == before


def test_a_removed_row_makes_room_for_another_one(record):
    client = signed_in(make_officer())
    values = values_of(client.get(edit(record))) | {"sectors-0-DELETE": "on"}
    values |= {"sectors-1-sector": values["sectors-0-sector"], "sectors-1-percent": "100"}
    assert client.post(edit(record), values).status_code == 302
    ((slug, _is_main, share),) = content(record, "sectors")
    assert (slug, str(share)) == ("energy", "100.00")


def test_a_row_that_takes_the_place_of_another_that_moves_on(record):
    client = signed_in(make_officer())
    values = values_of(client.get(edit(record)))
    values |= {
        "sectors-0-sector": str(make_sector("water").pk),
        "sectors-1-sector": str(make_sector("trade").pk),
    }
    assert client.post(edit(record), values).status_code == 302
    assert [row[:2] for row in content(record, "sectors")] == [("trade", False), ("water", True)]


def test_two_equal_rows_are_refused_in_words(record):
    client = signed_in(make_officer())
    values = values_of(client.get(edit(record)))
    for rows in ("sectors", "citations"):
        names = [name for name in ("sector", "source", "locator") if f"{rows}-0-{name}" in values]
        same = {f"{rows}-1-{name}": values[f"{rows}-0-{name}"] for name in names}
        answer = client.post(edit(record), values | same)
        assert answer.status_code == 200
        assert any("duplicate" in text for text in errors_in(answer))


def test_an_identifier_of_another_record_is_refused_at_its_row(record):
    make_initiative().external_ids.create(scheme="wb", value="9")
    client = signed_in(make_officer())
    values = values_of(client.get(edit(record)))
    place = next(n for n in (0, 1) if values[f"external_ids-{n}-scheme"] == "wb")
    answer = client.post(edit(record), values | {f"external_ids-{place}-value": "9"})
    assert any("already exists" in text for text in errors_in(answer))


def test_members_of_a_desk_exchange_their_roles_and_places(django_user_model):
    chief = django_user_model.objects.create_superuser("chief", password="pw")
    boss, editor = make_officer("boss"), make_officer("ed", DeskRole.EDITOR)
    desk = models.Desk.objects.get()
    client = signed_in(chief)
    values = values_of(client.get(address("desk", "change", desk.pk)))
    sent = exchanged(values, "members", ("user",)) | {"own_password": "pw"}
    assert client.post(address("desk", "change", desk.pk), sent).status_code == 302
    roles = dict(desk.members.values_list("user__username", "role"))
    assert roles == {boss.username: DeskRole.EDITOR, editor.username: DeskRole.PUBLISHER}


def test_milestones_and_money_that_exchange_all_they_say_keep_their_numbers():
    made = make_initiative()
    for place in (1, 2):
        make_milestone(made, f"Step {place}", planned=f"202{place}")
        make_funding(made, str(place), provider=make_organisation("adb"), date="2025")
    client = signed_in(make_officer())
    values = values_of(client.get(edit(made)))
    sent = exchanged(values, "milestones", ("title_en",))
    sent |= {f"funding-{n}-amount": values[f"funding-{1 - n}-amount"] for n in (0, 1)}
    assert client.post(edit(made), sent).status_code == 302
    assert [*made.milestones.values_list("number", "title_en")] == [(1, "Step 2"), (2, "Step 1")]
    assert [str(amount) for amount in made.funding.values_list("amount", flat=True)] == [
        "2.00",
        "1.00",
    ]


def test_a_second_row_for_a_country_and_role_that_is_there_is_refused(record):
    client = signed_in(make_officer())
    values = values_of(client.get(edit(record)))
    sent = add_row(values, "countries", country=str(make_country("UZ").pk), role="party")
    assert any("duplicate" in text for text in errors_in(client.post(edit(record), sent)))
