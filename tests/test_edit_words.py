"""Changes in words: what was changed, field by field, in the language of the reader."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from initiatives.choices import DeskRole
from initiatives.models import Desk, DeskMember
from initiatives.rights import Rights
from initiatives.timeline.edits import Line, Wording, heading, lines
from tests.factories import (
    LANGUAGES,
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

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"


def edit(model="initiative", key=(CODE,), action="changed", **fields):
    return {"model": model, "key": list(key), "action": action, "fields": fields}


def one(model, old, new, name, **more):
    (line,) = lines(edit(model, **{name: [old, new]}, **more))
    return line.label, line.old, line.new


def viewer(*countries):
    """The rights of somebody who may look at what concerns `countries`."""
    user = get_user_model().objects.create_user("guest", is_staff=True)
    desk = Desk.objects.create(name="Narrow")
    desk.countries.set(make_country(iso2) for iso2 in countries)
    DeskMember.objects.create(desk=desk, user=user, role=DeskRole.VIEWER)
    return Rights(user)


@pytest.fixture
def record():
    make_sector(), make_source(), make_organisation()
    made = make_initiative(CODE, title_en="Power bridge")
    make_milestone(made, "Pillars")
    make_funding(made, "5000000")
    return made


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (edit(), "Initiative changed"),
        (edit(action="created"), "Initiative added"),
        (edit(action="deleted"), "Initiative removed: CI-2025-0001"),
        (edit("milestone", [CODE, 1]), "Milestone “Pillars” changed"),
        (edit("milestone", [CODE, 7]), "Milestone “7” changed"),
        (
            edit("milestone", [CODE, 7], "deleted", title_en=["Deck", None]),
            "Milestone removed: Deck",
        ),
        (
            edit("initiativecountry", [CODE, "KZ", "party"], "deleted"),
            "Participating country removed: Kazakhstan (Party)",
        ),
        (
            edit("initiativesector", [CODE, "energy"], "created"),
            "Sector of an initiative added: Energy",
        ),
        (
            edit("initiativeorganisation", [CODE, "bank", "4"], "created"),
            "Participating organisation added: Bank (Implementing)",
        ),
        (
            edit("citation", ["protocol", "P3", "initiative", CODE], "created"),
            "Citation added: Protocol, P3",
        ),
        (
            edit("externalid", ["wb", "P123"], "created"),
            "Identifier in another register added: wb, P123",
        ),
        (edit("funding", [CODE, 1]), "Funding “Commitment, USD 5,000,000” changed"),
        (edit("country", ["UZ"]), "Country “Uzbekistan” changed"),
        (edit("source", ["gone"]), "Source “gone” changed"),
        (
            edit("statusrequest", [CODE, 1], "created", to_status=[None, "agreed"]),
            "Status change that waits for approval added: Agreed",
        ),
        (edit("deskmember", ["Energy desk", "aziza"]), "Member of a desk “Energy desk, aziza” ch"),
    ],
)
def test_a_heading_names_the_row_in_words(record, told, expected):
    assert heading(told).startswith(expected)


@pytest.mark.parametrize(
    ("model", "name", "old", "new", "expected"),
    [
        ("initiative", "kind", "other", "trade_measure", ("kind", "Other", "Trade measure")),
        ("initiative", "planned_end", None, "2027-Q3", ("planned end", None, "Q3 2027")),
        ("initiative", "title_kk", "", "Көпір", ("title (Kazakh)", None, "Көпір")),
        ("initiative", "parent", None, CODE, ("part of", None, f"{CODE} Power bridge")),
        ("initiative", "owner", "aziza", None, ("responsible officer", "Aziza Karimova", None)),
        (
            "initiative",
            "embargo_until",
            None,
            "2026-05-14T20:30:00+00:00",
            ("not public before", None, "2026-05-15 01:30"),
        ),
        ("initiativesector", "is_main", "False", "True", ("main sector", "No", "Yes")),
        ("initiativesector", "percent", "10.00", "12.50", ("percent", "10", "12.5")),
        (
            "funding",
            "amount",
            "5000000.00",
            "5000000.125",
            ("amount", "5,000,000", "5,000,000.125"),
        ),
        ("funding", "usd_rate", None, "0.000079000", ("rate to USD", None, "0.000079")),
        ("funding", "usd_rate_on", None, "2026-05-14", ("day of the rate", None, "14 May 2026")),
        ("deskmember", "role", "2", "4", ("role", "Editor", "Publisher")),
        ("milestone", "responsible", "KZ", "UZ", ("responsible side", "Kazakhstan", "Uzbekistan")),
        ("milestone", "responsible", "XX", None, ("responsible side", "XX", None)),
        ("citation", "milestone", None, f"{CODE}/1", ("milestone", None, "Pillars")),
        ("event", "countries", ["KZ"], ["KZ", "UZ"], ("countries", "Kazakhstan", "Kazakhstan, U")),
        ("event", "countries", ["KZ"], [], ("countries", "Kazakhstan", None)),
        ("event", "start_time", None, "09:30:00", ("start time", None, "09:30")),
    ],
)
def test_values_are_told_in_words(record, model, name, old, new, expected):
    get_user_model().objects.create_user("aziza", first_name="Aziza", last_name="Karimova")
    label, *values = one(model, old, new, name)
    assert label == expected[0]
    for value, begin in zip(values, expected[1:], strict=True):
        assert value == begin or value.startswith(begin)


def test_the_language_of_a_translated_text_is_told(record):
    (line,) = lines(edit(title_uz=["Koʻprik", "Yangi koʻprik"]))
    assert line == Line("title_uz", "title (Uzbek)", "Koʻprik", "Yangi koʻprik", "uz")


def test_a_part_that_was_added_does_not_repeat_its_initiative(record):
    told = edit("milestone", [CODE, 1], "created", initiative=[None, CODE], weight=[None, "1"])
    assert [line.name for line in lines(told)] == ["weight"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_each_language(record, language):
    told = [
        edit("milestone", [CODE, 1], planned=["2027", "2027-05-14"]),
        edit("initiativecountry", [CODE, "KZ", "party"], "created", country=[None, "KZ"]),
        edit("funding", [CODE, 1], amount=["5000000.00", None]),
        edit(last_checked_at=[None, "2026-05-14T20:30:00+00:00"]),
    ]
    with translation.override(language):
        wording = Wording(told)
        assert all(wording.heading(one) and wording.lines(one) for one in told)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ru", "14 мая 2027"), ("uz", "2027-yil 14-may"), ("kk", "2027 ж. 14 мамыр")],
)
def test_dates_are_those_of_the_reader(record, language, expected):
    with translation.override(language):
        (line,) = lines(edit(planned_end=[None, "2027-05-14"]))
    assert line.new.startswith(expected)


@pytest.mark.parametrize(
    "hostile",
    [
        edit("nothing", ["a"], x=["1", "2"]),
        edit("", [], x=[None, 1]),
        edit(model=None, key=()),
        edit("milestone", []),
        edit("milestone", [CODE, "9" * 400], planned=["soon", "2027-99"]),
        edit("milestone", [{"a": 1}, ["b"]], responsible=["a\x00b", {"c": 1}]),
        edit("initiative", no_such_field=["a", ["b", None, 3]]),
        edit("initiative", title_en="not a pair", planned_end=5, countries=[["KZ"], 3]),
        edit("initiative", embargo_until=["yesterday", 7], review_every_days=[{}, [1]]),
        edit("initiative", status=[["planned"], "no status"], parent=[[None], 5]),
        edit("funding", [CODE, 1], "created", amount=["NaN", "1e999"], type=[1, "gold"]),
        edit("funding", [CODE, 8], "created", type=[None, "pledge"], amount_kind=[None, "exact"]),
        edit("citation", ["protocol"], milestone=["CI/x", f"{CODE}/1/2"]),
        edit("change", [1], "created", reverts=[None, "x"]),
        edit("importrow", [1], "created", batch=[None, "x"]),
        edit("statuschange", [CODE, 1], "odd", to_status=[None, "x"]),
        {"model": "event", "key": "slug", "action": ["x"], "fields": ["x"]},
        {"model": "event", "key": None, "action": None, "fields": None},
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_history_holds_is_told_somehow(record, hostile, language):
    with translation.override(language):
        assert isinstance(heading(hostile), str)
        for line in lines(hostile):
            assert all(isinstance(text, str | None) for text in (line.label, line.old, line.new))


def test_names_of_other_desks_do_not_leak():
    secret = make_initiative("CI-2025-0009", title_en="Secret", parties=["RU"], publication="draft")
    link_event(secret, make_event("secret-talks", title_en="Secret talks"))
    told = edit(
        "statusrequest", [CODE, 1], event=[None, "secret-talks"], continued_in=[None, secret.code]
    )
    wording = Wording([told], rights=viewer("UZ"))
    assert [line.new for line in wording.lines(told)] == ["a record of another desk", secret.code]


def test_the_heading_of_a_row_does_not_betray_an_event():
    secret = make_initiative(title_en="Secret", parties=["RU"], publication="draft")
    link_event(secret, make_event("secret-talks", title_en="Secret talks"))
    told = edit("initiativeevent", [CODE, "secret-talks", "agreed"], "deleted")
    words = Wording([told], rights=viewer("UZ")).heading(told)
    assert words == "Event of an initiative removed: a record of another desk (Agreed at)"


def test_what_the_reader_may_see_is_named():
    link_event(make_initiative(CODE), make_event("talks", title_en="Talks"))
    told = edit("statusrequest", [CODE, 1], event=[None, "talks"], continued_in=[None, CODE])
    wording = Wording([told], rights=viewer("UZ"))
    assert [line.new for line in wording.lines(told)] == ["Talks", f"{CODE} Initiative {CODE}"]


def test_names_are_fetched_once_for_all_edits(record):
    for number in range(10):
        make_milestone(record, f"Step {number}")
    told = [edit("milestone", [CODE, n], responsible=["KZ", "UZ"]) for n in range(1, 11)]
    with CaptureQueriesContext(connection) as asked:
        wording = Wording(told)
        assert len({wording.heading(one) for one in told}) == 10
        assert all(wording.lines(one) for one in told)
    assert len(asked) == 2
