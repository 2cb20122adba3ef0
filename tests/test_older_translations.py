"""Translations that are older than the Russian text are marked in the form."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives import actions
from initiatives.models import Change, Initiative, Milestone
from initiatives.timeline import outdated_in_rows, outdated_translations
from tests.desk import edit, make_chief, signed_in
from tests.factories import make_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TEXTS = {f"title_{language}": f"Title {language}" for language in ("en", "ru", "uz", "kk")}


@pytest.fixture
def officer():
    return get_user_model().objects.create_user("aziza")


@pytest.fixture
def initiative():
    made = make_initiative(**TEXTS)
    return Initiative.objects.get(pk=made.pk)


def save(row, by, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    return actions.save(row, by=by)


def test_nothing_is_older_where_no_change_is_known(initiative):
    assert outdated_translations(initiative) == {}


def test_a_new_russian_text_makes_the_others_older(initiative, officer):
    save(initiative, officer, title_ru="Новое")
    today = timezone.localdate()
    expected = {"title_en": today, "title_uz": today, "title_kk": today}
    assert outdated_translations(initiative) == expected


def test_what_was_saved_together_is_not_older(initiative, officer):
    save(initiative, officer, title_ru="Новое", title_kk="Жаңа")
    assert outdated_translations(initiative).keys() == {"title_en", "title_uz"}


def test_a_translation_that_followed_is_not_older(initiative, officer):
    save(initiative, officer, title_ru="Новое")
    save(initiative, officer, title_uz="Yangi")
    assert outdated_translations(initiative).keys() == {"title_en", "title_kk"}


def test_a_translation_that_came_first_is_older(initiative, officer):
    save(initiative, officer, title_uz="Yangi")
    save(initiative, officer, title_ru="Новое")
    assert "title_uz" in outdated_translations(initiative)


def test_an_empty_translation_is_missing_and_not_old(initiative, officer):
    save(initiative, officer, title_kk="")
    save(initiative, officer, title_ru="Новое")
    assert outdated_translations(initiative).keys() == {"title_en", "title_uz"}


def test_where_the_russian_text_went_nothing_is_older(initiative, officer):
    save(initiative, officer, title_ru="")
    assert outdated_translations(initiative) == {}


def test_texts_that_were_created_together_are_equally_old(officer):
    made = save(Initiative(), officer, **TEXTS)
    assert outdated_translations(made) == {}


def test_each_text_is_compared_with_its_own_russian_text(initiative, officer):
    save(initiative, officer, summary_en="Short", summary_ru="Коротко")
    save(initiative, officer, summary_ru="Короче")
    assert outdated_translations(initiative).keys() == {"summary_en"}


def test_the_day_is_that_of_the_place_where_the_site_is(initiative):
    Change.objects.create(
        initiative=initiative,
        model="initiative",
        key=[initiative.code],
        action="changed",
        fields={"title_ru": ["a", "b"]},
        recorded_at=datetime.datetime(2026, 5, 14, 20, 30, tzinfo=datetime.UTC),
    )
    assert outdated_translations(initiative)["title_kk"] == datetime.date(2026, 5, 15)


def test_changes_of_other_rows_do_not_count(initiative, officer):
    save(Milestone(initiative=initiative), officer, title_ru="Опоры", title_en="Pillars")
    save(initiative.milestones.get(), officer, title_ru="Пролёт")
    assert outdated_translations(initiative) == {}


def test_one_query_for_all_rows(initiative, officer):
    for _number in range(3):
        save(Milestone(initiative=initiative), officer, title_ru="Опоры", title_en="Pillars")
    rows = list(initiative.milestones.select_related("initiative"))
    save(rows[1], officer, title_ru="Пролёт")
    with CaptureQueriesContext(connection) as asked:
        found = outdated_in_rows(rows, initiative)
    assert [list(one) for one in found] == [[], ["title_en"], []]
    assert len(asked) == 1


def shown(initiative, **sent):
    desk = signed_in(make_chief())
    answer = desk.post(edit(initiative), sent) if sent else desk.get(edit(initiative))
    return html.fromstring(answer.content.decode())


def test_the_form_says_so_beside_the_field_and_to_those_who_listen(initiative, officer):
    save(initiative, officer, title_ru="Новое")
    page = shown(initiative)
    (help_text,) = page.xpath("//*[@id='id_title_kk_helptext']")
    assert "older than the Russian text of" in help_text.text_content()
    (field,) = page.xpath("//*[@name='title_kk']")
    assert field.get("aria-describedby") == "id_title_kk_helptext"
    assert page.xpath("//label[@for='id_title_kk']/span[@aria-hidden='true']")
    assert not page.xpath("//*[@id='id_title_ru_helptext'][contains(., 'older than')]")


def test_the_form_says_so_of_milestones(initiative, officer):
    save(Milestone(initiative=initiative), officer, title_ru="Опоры", title_en="Pillars")
    save(initiative.milestones.get(), officer, title_ru="Пролёт")
    page = shown(initiative)
    assert page.xpath("//*[@id='id_milestones-0-title_en_helptext']")
    assert len(page.xpath("//*[@class='desk-outdated']")) == 1


def test_a_form_that_is_refused_keeps_the_mark(initiative, officer):
    save(initiative, officer, title_ru="Новое")
    assert shown(initiative, **TEXTS).xpath("//*[@class='desk-outdated']")


def test_a_new_record_has_no_marks():
    answer = signed_in(make_chief()).get("/admin/initiatives/initiative/add/")
    assert "desk-outdated" not in answer.content.decode()
