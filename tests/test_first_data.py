"""The first data: complete, cited, in four languages, and no more than its source supports."""

import json
import re
from collections import Counter
from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from initiatives import actions, models
from initiatives.lifecycle import missing
from tests.shared_rows import shared_rows

FILES = sorted((settings.BASE_DIR / "fixtures").glob("*.json"))
ROWS = [row for path in FILES for row in json.loads(path.read_text(encoding="utf-8"))]
LANGUAGES = ("en", "ru", "uz", "kk")
STAMPS = {"created_at", "updated_at", "recorded_at", "published_at", "last_checked_at"}
SOURCE = "birthday-greetings-article"
PARAGRAPHS = {f"P{number}" for number in range(1, 12)}  # of the source, whose title is P1
CITED = ("initiative", "event", "funding", "statuschange")

# What the source speaks of, with the paragraphs that carry it.
INITIATIVES = {
    "CI-2025-0001": ("Strategic partnership of Uzbekistan and Kazakhstan", "P2, P9, P10"),
    "CI-2025-0002": ("New agenda for practical bilateral cooperation", "P9, P10"),
    "CI-2025-0003": ("Strategic dialogue frameworks", "P8, P9"),
    "CI-2025-0004": ("Intergovernmental commissions", "P3"),
    "CI-2025-0005": ("High-level intergovernmental meetings", "P8"),
    "CI-2025-0006": ("Invitations to summits and participation in forums", "P8"),
    "CI-2025-0007": ("Joint ventures and industrial cooperation projects", "P2, P3, P8, P9"),
    "CI-2025-0008": ("Growth of mutual trade", "P2, P3, P8, P9, P10"),
    "CI-2025-0009": ("Caspian Green Energy Corridor", "P3, P10"),
    "CI-2025-0010": ("Cooperation in the energy sector", "P3, P8, P10"),
    "CI-2025-0011": ("Possible trilateral projects with Azerbaijan", "P10"),
    "CI-2025-0012": ("Logistics and regional connectivity", "P2, P4, P9, P10"),
    "CI-2025-0013": ("Trilateral and regional summits with logistics as a topic", "P4"),
    "CI-2025-0014": ("Cooperation in infrastructure development", "P9"),
    "CI-2025-0015": ("Cooperation in agriculture", "P2, P9, P10"),
    "CI-2025-0016": ("New Development Bank package of Uzbekistan", "P5"),
    "CI-2025-0017": ("Modernisation of irrigation systems", "P5"),
    "CI-2025-0018": ("Mining development", "P5"),
    "CI-2025-0019": (
        "Possible cooperation with Kazakhstan in irrigation and mining investments",
        "P5",
    ),
    "CI-2025-0020": ("Joint education programmes and partnerships", "P2, P7, P8, P9, P10"),
    "CI-2025-0021": ("Cultural understanding and exchange", "P2, P7, P9, P10"),
    "CI-2025-0022": (
        "Tourism and cultural exchange after the Samarkand summit",
        "P2, P6, P9, P11",
    ),
    "CI-2025-0023": ("Humanitarian cooperation", "P8"),
}
IN_PROGRESS = {"CI-2025-0001", "CI-2025-0004", "CI-2025-0007", "CI-2025-0012", "CI-2025-0013"}
IN_PROGRESS |= {"CI-2025-0020"}
# Kind, state, start, host and paragraphs.
EVENTS = {
    "presidents-talks": ("not_stated", "held", None, None, "P1, P7, P9, P10"),
    "eu-central-asia-summit-2025": ("summit", "held", "2025", "UZ", "P6, P11"),
    "new-development-bank-accession": ("not_stated", "not_stated", None, None, "P5"),
    "c5k-summit": ("summit", "planned", None, None, "P8"),
}
SECTORS = """agriculture culture education energy humanitarian industry infrastructure logistics
    mining politics tourism trade"""


def load(files=FILES):
    call_command("loaddata", *files, verbosity=0)


def contents():
    """Every row of the app with all its columns."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("initiatives").get_models()
    }


def rows_of(*names):
    return [row["fields"] for row in ROWS if row["model"].split(".")[1] in names]


def texts(language):
    """Every text of one language, for a message that names the place."""
    for row in ROWS:
        for name, value in row["fields"].items():
            if name.endswith(f"_{language}"):
                yield f"{row['model']}.{name}", value


def cited_rows():
    return [row for name in CITED for row in apps.get_model("initiatives", name).objects.all()]


@pytest.fixture(scope="class")
def loaded(django_db_setup, django_db_blocker):
    with shared_rows(django_db_blocker):
        load()
        yield


@pytest.mark.django_db
def test_it_fills_an_empty_database_row_by_row():
    load()
    found = {f"initiatives.{name.lower()}": len(rows) for name, rows in contents().items() if rows}
    register = found.pop("initiatives.edition"), found.pop("initiatives.reviewcheck")
    searched = found.pop("initiatives.searchdocument"), found.pop("initiatives.searchterm") > 0
    asked = found.pop("initiatives.deskrow"), found.pop("initiatives.deskdocument")
    assert found.pop("initiatives.deskterm") > 0
    assert found == Counter(row["model"] for row in ROWS)
    initiatives, events = found["initiatives.initiative"], found["initiatives.event"]
    assert register == (initiatives + events, initiatives)
    assert searched == (initiatives + events, True)
    assert asked == (initiatives, initiatives)


@pytest.mark.django_db
@pytest.mark.xdist_group("first data")
class TestLoadedAgain:
    @pytest.mark.parametrize(
        "files", [FILES, FILES[::-1], [FILES[-1]]], ids=["same", "back", "one"]
    )
    def test_loading_it_again_changes_nothing(self, loaded, files):
        before = contents()
        load(files)
        assert contents() == before


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.xdist_group("first data")
class TestLoaded:
    """What the tables hold after the first data were loaded."""

    def test_every_row_satisfies_its_model(self, loaded):
        for model in apps.get_app_config("initiatives").get_models():
            for row in model.objects.all():
                row.full_clean()

    def test_every_status_has_what_it_needs_of_an_import(self, loaded):
        for initiative in models.Initiative.objects.all():
            change = initiative.status_changes.get()
            facts = actions.facts_for(
                initiative,
                effective=change.effective,
                reason=change.reason,
                source=change.citations.get().source,
                event=change.event,
                decided_by=change.decided_by,
                second_person=False,
                imported=change.origin == "import",
            )
            assert missing(change.to_status, facts) == [], initiative

    def test_the_cached_status_is_the_last_of_the_history(self, loaded):
        for initiative in models.Initiative.objects.all():
            last = initiative.status_changes.order_by("number").last()
            assert (initiative.status, initiative.status_since) == (last.to_status, last.effective)

    def test_the_public_sees_all_of_it(self, loaded):
        assert models.Initiative.objects.published().count() == len(INITIATIVES)
        assert models.Event.objects.published().count() == len(EVENTS)
        assert models.Organisation.objects.published().count() == 2

    def test_every_claim_cites_paragraphs_of_the_source(self, loaded):
        for row in cited_rows():
            citation = row.citations.select_related("source").get()
            assert citation.source.slug == SOURCE
            assert set(citation.locator.split(", ")) <= PARAGRAPHS, row

    def test_the_source_is_what_it_is(self, loaded):
        source = models.Source.objects.get()
        assert source.title == "Mirziyoyev extends birthday greetings to the nation's leader"
        assert (source.kind, source.language, source.is_public) == ("media", "en", True)

    def test_the_events_are_there_with_no_more_than_is_known(self, loaded):
        found = {
            event.slug: (
                event.kind,
                event.state,
                str(event.start) if event.start else None,
                event.host_country.iso2 if event.host_country else None,
                event.citations.get().locator,
            )
            for event in models.Event.objects.select_related("host_country")
        }
        assert found == EVENTS

    def test_three_countries_share_the_corridor(self, loaded):
        corridor = models.Initiative.objects.get(code="CI-2025-0009")
        parties = corridor.countries.filter(role="party").values_list("country__iso2", flat=True)
        assert set(parties) == {"UZ", "KZ", "AZ"}

    def test_kazakhstan_is_no_party_of_the_package(self, loaded):
        for code in ("CI-2025-0016", "CI-2025-0017", "CI-2025-0018"):
            roles = models.InitiativeCountry.objects.filter(initiative__code=code)
            assert set(roles.values_list("country__iso2", "role")) == {
                ("UZ", "party"),
                ("KZ", "observer"),
            }

    def test_the_package_has_two_parts(self, loaded):
        parts = models.Initiative.objects.filter(parent__code="CI-2025-0016").values_list("code")
        assert set(parts) == {("CI-2025-0017",), ("CI-2025-0018",)}

    def test_the_five_billion_stand_once_and_on_the_package(self, loaded):
        funding = models.Funding.objects.get()
        assert funding.initiative.code == "CI-2025-0016"
        assert (funding.amount, funding.currency) == (Decimal("5000000000"), "USD")
        assert (funding.amount_kind, funding.type, funding.date) == ("exact", "announced", None)
        assert funding.provider.slug == "new-development-bank"

    def test_no_date_is_invented(self, loaded):
        for name in ("planned_start", "planned_end", "actual_start", "actual_end"):
            assert not models.Initiative.objects.exclude(**{name: None}).exists()
        assert not models.StatusChange.objects.exclude(effective=None).exists()
        assert not models.Event.objects.exclude(end=None, start_time=None).exists()


@pytest.mark.once
def test_the_initiatives_of_the_source_are_there_and_no_others():
    titles = {fields["code"]: fields["title_en"] for fields in rows_of("initiative")}
    cited = {
        fields["initiative"][0]: fields["locator"]
        for fields in rows_of("citation")
        if "initiative" in fields
    }
    assert {code: (titles[code], cited[code]) for code in titles} == INITIATIVES


@pytest.mark.once
def test_only_what_goes_on_in_the_source_is_in_progress_and_nothing_is_further():
    statuses = {fields["code"]: fields["status"] for fields in rows_of("initiative")}
    assert {code for code in statuses if statuses[code] == "in_progress"} == IN_PROGRESS
    assert set(statuses.values()) == {"planned", "in_progress"}


@pytest.mark.once
def test_the_reference_lists_are_there():
    assert [fields["iso2"] for fields in rows_of("country")] == ["UZ", "KZ", "AZ"]
    assert sorted(fields["slug"] for fields in rows_of("sector")) == SECTORS.split()
    assert {fields["slug"] for fields in rows_of("organisation")} == {
        "new-development-bank",
        "european-union",
    }


@pytest.mark.once
def test_what_is_written_in_one_language_is_written_in_all():
    for row in ROWS:
        fields = row["fields"]
        stems = {name[:-3] for name in fields if name[-3:] in {f"_{one}" for one in LANGUAGES}}
        for stem in stems:
            assert all(fields.get(f"{stem}_{one}", "").strip() for one in LANGUAGES), (stem, row)


@pytest.mark.once
def test_every_initiative_event_and_status_is_explained_in_words():
    for stem, name in (
        ("description", "initiative"),
        ("summary", "initiative"),
        ("outcome", "event"),
        ("reason", "statuschange"),
        ("note", "funding"),
    ):
        assert all(f"{stem}_en" in fields for fields in rows_of(name)), stem


@pytest.mark.once
def test_uzbek_is_in_latin_letters_with_its_own_apostrophes():
    for place, text in texts("uz"):
        assert not re.search("[\u0400-\u04ff]", text), place
        assert not re.search("['`\u2018\u2019]|[^OoGg]\u02bb|[OoGg]\u02bc", text), place


@pytest.mark.once
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_russian_and_kazakh_are_in_cyrillic_letters(language):
    for place, text in texts(language):
        assert re.search("[\u0400-\u04ff]{2}", text), place
        assert not re.search("[A-Za-z]{2}", text), place


@pytest.mark.once
def test_no_year_stands_there_but_that_of_the_summit():
    values = [value for row in ROWS for name, value in row["fields"].items() if name not in STAMPS]
    text = json.dumps(values, ensure_ascii=False).replace("CI-2025-", "")
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    assert set(years) == {"2025"}


@pytest.mark.once
def test_rows_are_named_by_natural_keys_and_carry_fixed_moments():
    assert all("pk" not in row for row in ROWS)
    moments = {value for row in ROWS for name, value in row["fields"].items() if name in STAMPS}
    assert moments == {"2026-11-24T00:00:00Z"}
    assert all(fields["uid"] for fields in rows_of("event"))
