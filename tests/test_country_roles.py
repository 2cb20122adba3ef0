"""What the role of a country counts for: the same in lists, counts, pairs, sums and files."""

import csv
import io

import pytest
from django.http import QueryDict
from lxml import html

from initiatives import actions
from initiatives.choices import PARTICIPANT_ROLES, PARTY_ROLES, CountryRole
from initiatives.lifecycle import Need, Status, missing
from initiatives.public import overview
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.pages import linked_data
from tests import factories as make
from tests.importing import applied
from tests.listing import codes, counts, figures
from tests.register import as_public

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"


@pytest.fixture(params=CountryRole.values)
def role(request):
    return request.param


@pytest.fixture
def record(role):
    """Uzbekistan is a party, Kazakhstan has the role."""
    made = make.make_initiative(CODE, parties=("UZ",), title_en="Dam")
    make.add_country(made, "KZ", role)
    make.make_funding(made, "5")
    return made


def found(query):
    return set(codes(InitiativeFilterSet(QueryDict(query))))


def read(client, address):
    response = client.get(f"/en/{address}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def sent(client, address):
    response = client.get(address)
    return (b"".join(response) if response.streaming else response.content).decode()


def needs_of(record):
    """What it lacks to be planned."""
    open_ones = dict.fromkeys(("effective", "source", "event", "decided_by"))
    facts = actions.facts_for(record, reason={}, second_person=False, **open_ones)
    return missing(Status.PLANNED, facts)


def words(tree, selector="main"):
    return " ".join(" ".join(part.text_content().split()) for part in tree.cssselect(selector))


def test_every_role_but_one_takes_part_and_two_of_them_are_parties():
    assert set(CountryRole.values) - set(PARTICIPANT_ROLES) == {"observer"}
    assert set(PARTY_ROLES) == {"party", "lead"}


def test_the_filters_follow_the_role(record, role):
    assert found("country=KZ") == ({CODE} if role in PARTICIPANT_ROLES else set())
    assert found("party=KZ") == ({CODE} if role in PARTY_ROLES else set())
    both = found("country=KZ&country=UZ&country_match=all")
    assert both == ({CODE} if role in PARTICIPANT_ROLES else set())


def test_the_counts_beside_the_options_follow_it(record, role):
    options = counts(InitiativeFilterSet(QueryDict("")), ["country", "party"])
    numbers = {name: {one.value: one.count for one in options[name]} for name in options}
    assert numbers["country"]["KZ"] == (role in PARTICIPANT_ROLES)
    assert numbers["party"]["KZ"] == (role in PARTY_ROLES)


def test_the_page_of_the_country_and_its_money_follow_it(client, record, role):
    tree = read(client, "countries/kz/")
    takes_part = role in PARTICIPANT_ROLES
    (total,) = tree.cssselect("#home-statuses [data-total]")
    assert total.get("data-total") == str(int(takes_part))
    assert ("USD 5" in words(tree)) == takes_part
    assert [one.get("data-observed") for one in tree.cssselect("[data-observed]")] == (
        [] if takes_part else [CODE]
    )


def test_pairs_numbers_and_the_map_follow_it(client, record, role):
    takes_part = int(role in PARTICIPANT_ROLES)
    with figures() as found:
        numbers, together = found.by_country(), found.pairs()
    counted = {one.iso2: one.number for one in overview.countries(numbers)}
    assert counted == {"UZ": 1, "KZ": takes_part}
    assert len(overview.pairs(together)) == takes_part
    (of_pair,) = read(client, "pairs/kz-uz/").cssselect("[data-total]")
    assert of_pair.get("data-total") == str(takes_part)
    assert bool(read(client, "countries/").cssselect("a[href*='/pairs/kz-uz/']")) == takes_part


@pytest.mark.parametrize("address", ["countries/kz.atom", "pairs/kz-uz.atom"])
def test_feeds_follow_it(client, record, role, address):
    feed = sent(client, f"/en/{address}")
    assert (CODE in feed) == (role in PARTICIPANT_ROLES)


def test_calendars_follow_it(client, record, role):
    make.make_milestone(record, "Turn the first sod", planned="2030-05-01")
    calendar = sent(client, "/en/countries/kz.ics")
    assert ("Turn the first sod" in calendar) == (role in PARTICIPANT_ROLES)


def test_the_record_names_the_role_and_links_the_pair_of_its_parties(client, record, role):
    tree = read(client, f"initiatives/{CODE}/")
    label = str(CountryRole(role).label)
    assert f"Kazakhstan {label}" in words(tree, "section[aria-labelledby=participants]")
    assert bool(tree.cssselect("a[href*='/pairs/kz-uz/']")) == (role in PARTY_ROLES)


def test_a_card_and_a_row_say_what_a_country_is_that_is_no_party(client, record, role):
    said = "" if role in PARTY_ROLES else f" ({CountryRole(role).label.lower()})"
    for query in ("", "?view=table"):
        tree = read(client, f"initiatives/{query}")
        assert f"Kazakhstan{said}" in words(tree, f"[data-code={CODE}]")


def test_machines_are_told_of_the_area_in_which_countries_take_part(record, role):
    row = as_public(record)
    told = linked_data.of_initiative(row, "https://example.org/", [])["mainEntity"]["areaServed"]
    assert ("KZ" in {one["identifier"] for one in told}) == (role in PARTICIPANT_ROLES)


def test_a_table_has_leads_among_its_parties(client, record, role):
    text = sent(client, "/initiatives.csv").removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert ("KZ" in row["parties"].split("|")) == (role in PARTY_ROLES)
    assert f"KZ:{role}" in row["countries_roles"].split("|")


def test_two_parties_are_there_where_one_of_them_leads(record, role):
    assert (Need.PARTIES in needs_of(record)) == (role not in PARTY_ROLES)


def test_a_table_that_names_the_parties_leaves_the_lead_the_lead(client, record, role):
    make.make_country("KG")
    applied({"code": CODE, "parties": "UZ|KZ|KG"})
    roles = set(record.countries.values_list("country__iso2", "role"))
    kept = {("KZ", role)} | (set() if role in PARTY_ROLES else {("KZ", "party")})
    assert roles == {("UZ", "party"), ("KG", "party")} | kept
    applied({"code": CODE, "parties": "UZ"})
    left = {("KZ", role)} - {("KZ", one) for one in PARTY_ROLES}
    assert set(record.countries.values_list("country__iso2", "role")) == {("UZ", "party")} | left


def test_a_country_with_both_roles_of_a_party_makes_no_pair_with_itself(client):
    made = make.make_initiative(CODE, parties=("UZ", "KZ"))
    make.add_country(made, "UZ", "lead")
    tree = read(client, f"initiatives/{CODE}/")
    addresses = [a.get("href") for a in tree.cssselect("main a[href*='/pairs/']")]
    assert addresses == ["/en/pairs/kz-uz/"]
    assert Need.PARTIES not in needs_of(made)


def test_who_observes_and_takes_part_as_well_takes_part(client):
    made = make.make_initiative(CODE, parties=("UZ",))
    make.add_country(made, "KZ", "observer")
    make.add_country(made, "KZ", "host")
    assert found("country=KZ") == {CODE}
    assert not read(client, "countries/kz/").cssselect("[data-observed]")


def test_an_observed_draft_is_not_named(client):
    made = make.make_initiative(CODE, parties=("UZ",), publication="draft", title_en="Secret dam")
    make.add_country(made, "KZ", "observer")
    assert "Secret dam" not in words(read(client, "countries/kz/"))
