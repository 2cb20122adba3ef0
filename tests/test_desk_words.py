"""What the desk says is said to its reader: in their language, and in the form that is open."""

import pytest
from django.conf import settings
from django.utils.translation import override
from lxml import html

from initiatives.choices import Language, Origin, Publication
from initiatives.models import ImportBatch
from tests.desk import address, edit, make_chief, make_officer, signed_in
from tests.factories import make_funding, make_initiative
from tests.importing import NEW, kept, make_lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return signed_in(make_officer())


def in_language(desk, language):
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return desk


def test_an_import_is_told_in_the_language_of_who_reads_it():
    make_lists()
    with override("kk"):
        batch = kept(NEW)
    page = in_language(signed_in(make_chief()), "ru").get(
        address("importbatch", "change", batch.pk)
    )
    assert "Разделитель" in page.content.decode()
    assert "запятая" in page.content.decode()


def test_facts_of_an_import_of_an_earlier_version_stay_as_they_were_told():
    assert ImportBatch(facts=[["Format", "CSV"]]).facts_told == [["Format", "CSV"]]


def test_what_is_missing_leads_to_the_language_that_is_open(desk):
    draft = make_initiative(publication=Publication.DRAFT, summary_en="")
    page = in_language(desk, "ru").get(edit(draft)).content.decode()
    links = html.fromstring(page).xpath("//a/@href")
    assert "#id_summary_ru" in links
    assert "#id_summary_en" not in links


@pytest.mark.parametrize(
    ("language", "told"), [("en", "USD 48,000,000"), ("ru", "48\u00a0000\u00a0000 USD")]
)
def test_a_line_of_money_names_its_amount_as_people_write_it(language, told):
    line = make_funding(make_initiative(), "48000000.00")
    line.refresh_from_db()
    with override(language):
        assert str(line).endswith(told)


def test_the_way_of_recording_is_no_part_of_a_ministry():
    with override("ru"):
        assert Origin.DESK.label == "через рабочее место"


def test_languages_begin_with_a_capital_where_they_are_labels(desk):
    record = make_initiative(publication=Publication.DRAFT)
    path = f"{address('initiative', 'status', record.pk)}?to=planned"
    page = html.fromstring(in_language(desk, "ru").get(path).content.decode())
    labels = {" ".join(one.text_content().split()).rstrip(":") for one in page.iter("label")}
    with override("ru"):
        spoken = [str(language.label) for language in Language]
    assert not labels & {word for word in spoken if word[0].islower()}
