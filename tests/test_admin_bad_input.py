"""What no honest browser sends: the desk answers with words, on both databases."""

from itertools import zip_longest

import pytest

from tests.desk import add_row, address, edit, errors_in, make_chief, send, signed_in, values_of
from tests.factories import link_event, make_event, make_initiative, make_milestone, make_source

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
LISTS = ["initiative", "event", "source", "citation", "funding", "milestone", "country"]
QUERIES = [
    "q=%00",
    "q=%FF%FE",
    "q=" + "a" * 70_000,
    "q=%25_%5C'\"",
    "status__exact=%00",
    "status__exact=zzz",
    "status=planned",
    "kind__exact=",
    "kind__iregex=(a%2B)%2B$",
    "title__iregex=(a%2B)%2B$",
    "title_en__contains=a",
    "start__year=9999",
    "planned_start__year=9999",
    "created_at__year=99999999999",
    "updated_by__password__startswith=a",
    "owner__password__startswith=a",
    "internal_note__contains=a",
    f"id__exact={HUGE}",
    f"id__in={HUGE}",
    f"countries__country__id__exact={HUGE}",
    f"sectors__sector__id__exact={HUGE}",
    "sectors__sector__id__exact=abc",
    f"host_country__id__exact={HUGE}",
    f"country__id__exact={HUGE}",
    f"p={HUGE}",
    "p=-1",
    "p=abc",
    f"o={HUGE}.-{HUGE}",
    "o=x",
    "e=1",
    "all=",
    "_popup=1",
    "_to_field=password",
    "_facets=True",
    "is_public__exact=2",
    "nonsense=1",
    "a=1&" * 200,
]


@pytest.fixture
def desk():
    client = signed_in(make_chief())
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
def test_no_query_string_breaks_a_list(desk, query):
    link_event(make_initiative(), make_event())
    for name in LISTS:
        answer = desk.get(f"{address(name)}?{query}", follow=True)
        assert answer.status_code in (200, 400), name


@pytest.mark.parametrize("page", ["change", "delete", "history", "status", "withdraw"])
@pytest.mark.parametrize("key", [HUGE, "-1", "abc", "0", "1%00", "%F0%9F", "1/2"])
def test_no_key_breaks_a_page_of_a_record(desk, page, key):
    answer = desk.get(f"/admin/initiatives/initiative/{key}/{page}/", follow=True)
    assert answer.status_code in (200, 400, 404)


@pytest.mark.parametrize("key", [HUGE, "-1", "abc", "0"])
def test_no_key_breaks_the_page_of_a_request(desk, key):
    assert desk.get(f"/admin/initiatives/changerequest/{key}/change/").status_code == 404


@pytest.mark.parametrize("query", ["term=%00", "page=" + HUGE, "term=" + "я" * 70_000, "page=x"])
def test_no_query_string_breaks_the_completion_of_names(desk, query):
    where = "app_label=initiatives&model_name=initiativecountry&field_name=country"
    answer = desk.get(f"/admin/autocomplete/?{where}&{query}")
    assert answer.status_code in (200, 400, 404)


TYPED = [
    ("title_en", "a\x00b"),
    ("summary_en", "\x00"),
    ("summary_en", "x" * 501),
    ("title_en", "x" * 70_000),
    ("internal_note", "a\x00b"),
    ("moved_because", "\x00"),
    ("planned_end", "\x00"),
    ("planned_end", "9" * 40),
    ("planned_end", "2026-02-31"),
    ("kind", "\x00"),
    ("parent", HUGE),
    ("parent", "-" + HUGE),
    ("parent", "\x00"),
    ("parent", "٣" * 40),
    ("owner", HUGE),
    ("desk", HUGE),
    ("review_every_days", HUGE),
    ("review_every_days", "1e999"),
    ("embargo_until_0", "0001-01-01"),
    ("embargo_until_0", "9999-12-31"),
    ("sectors-0-percent", "1e999"),
    ("sectors-0-percent", "NaN"),
    ("sectors-0-percent", HUGE),
    ("sectors-0-sector", HUGE),
    ("sectors-0-id", HUGE),
    ("sectors-0-id", "abc"),
    ("sectors-0-id", "\x00"),
    ("sectors-0-initiative", HUGE),
    ("countries-0-country", HUGE),
    ("countries-0-role", "\x00"),
    ("milestones-0-weight", "1" + "0" * 30),
    ("milestones-0-weight", "40000"),
    ("milestones-0-weight", "0"),
    ("sectors-TOTAL_FORMS", HUGE),
    ("sectors-TOTAL_FORMS", "abc"),
]


# What no officer types, since the page itself sends it: a wrong one is told above the form.
HIDDEN = ("TOTAL_FORMS", "-id", "-initiative")


def rounds(typed):
    """Few forms instead of many: in each, every field of the record and one of every row is wrong.
    What is hidden stands alone, because it may hide what else is wrong.
    """
    waiting, alone = {}, []
    for name, value in typed:
        row = name.rpartition("-")[0]
        if name.endswith(HIDDEN):
            alone.append({name: value})
        else:
            waiting.setdefault(row or name, []).append((name, value))
    together = zip_longest(*waiting.values())
    return [dict(filter(None, some)) for some in together] + alone


def is_named(answer, name):
    """Whether the page has an error beside the field called `name`, or above the form."""
    if name.endswith(HIDDEN):
        return bool(answer.context["errors"])
    row, _dash, field = name.rpartition("-")
    if not row:
        return bool(answer.context["adminform"].form.errors.get(name.removesuffix("_0")))
    formsets = [inline.formset for inline in answer.context["inline_admin_formsets"]]
    (form,) = [form for formset in formsets for form in formset.forms if form.prefix == row]
    return bool(form.errors.get(field))


def test_what_is_typed_into_an_initiative_gets_an_error_beside_it(desk):
    initiative = make_initiative()
    make_milestone(initiative)
    form = values_of(desk.get(edit(initiative))) | {"_save": ""}
    taken = []
    for typed in rounds(TYPED):
        times = {"embargo_until_1": "00:00"} if "embargo_until_0" in typed else {}
        answer = desk.post(edit(initiative), form | times | typed)
        assert answer.status_code == 200, typed
        taken += [(name, typed[name][:24]) for name in typed if not is_named(answer, name)]
    assert taken == []
    initiative.refresh_from_db()
    assert initiative.version == 1


ELSEWHERE = [
    ("event", "countries", [HUGE]),
    ("event", "countries", ["abc"]),
    ("event", "host_country", HUGE),
    ("event", "start_time", "25:00"),
    ("event", "time_zone", "\x00"),
    ("event", "slug", "\x00"),
    ("source", "url", "http://a\x00"),
    ("source", "url", "javascript:alert(1)"),
    ("source", "accessed_on", "99999-01-01"),
    ("source", "published", "0000"),
    ("country", "order", "99999999999"),
    ("country", "iso2", "u\x00"),
    ("organisation", "country", HUGE),
    ("citation", "milestone", HUGE),
    ("funding", "amount", "1e999"),
    ("funding", "amount", HUGE),
    ("funding", "usd_rate", "1e400"),
    ("funding", "currency", "\x00"),
    ("desk", "sectors", [HUGE]),
]


@pytest.mark.parametrize(("model", "name", "value"), ELSEWHERE)
def test_what_is_typed_elsewhere_gets_an_error_beside_it(desk, model, name, value):
    answer = send(desk, address(model, "add"), **{name: value})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors[name]


STATUS = [
    ("effective", "\x00"),
    ("effective", HUGE),
    ("source", HUGE),
    ("source", "abc"),
    ("decided_by", HUGE),
    ("reason_en", "a\x00b"),
    ("locator", "x" * 121),
    ("seen", HUGE),
    ("seen", "\x00"),
]


@pytest.mark.parametrize(("name", "value"), STATUS)
def test_what_is_typed_into_the_status_page_gets_an_error(desk, name, value):
    page = address("initiative", "status", make_initiative().pk) + "?to=suspended"
    answer = send(desk, page, **{"effective": "2025", "source": make_source().pk, name: value})
    assert answer.status_code == 200
    assert errors_in(answer)


def test_a_row_that_belongs_to_another_initiative_is_not_taken(desk):
    mine, other = make_initiative(), make_initiative()
    stolen = make_milestone(other)
    values = add_row(values_of(desk.get(edit(mine))), "milestones", id=stolen.pk, title_en="Mine")
    desk.post(edit(mine), values | {"milestones-INITIAL_FORMS": "1", "_save": ""})
    stolen.refresh_from_db()
    assert stolen.title_en == "Step"
