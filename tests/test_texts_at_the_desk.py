"""What is typed or pasted at the desk is stored whole and as meant, or refused in words."""

from itertools import product

import pytest
from django.forms import modelform_factory
from lxml import html

from initiatives.desk.forms import InitiativeForm
from initiatives.models import Initiative
from tests.desk import (
    address,
    edit,
    errors_in,
    make_chief,
    make_officer,
    send,
    signed_in,
    values_of,
)
from tests.factories import make_initiative, make_organisation, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LANGUAGES = ["en", "ru", "uz", "kk"]


@pytest.fixture
def record():
    return make_initiative("CI-2025-0001", title_en="Bridge", title_ru="Мост", summary_en="Short")


@pytest.fixture
def desk():
    return signed_in(make_officer())


def warnings_in(answer):
    page = html.fromstring(answer.content.decode())
    return [one.text_content() for one in page.xpath("//ul[@class='messagelist']/li")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("РџСЂРѕРµРєС‚", "It should read “Проект”"),
        ("cafÃ©", "It should read “café”"),
        ("#NAME?", "“#NAME?” is an error of a spreadsheet"),
        ("#ЗНАЧ!", "“#ЗНАЧ!” is an error of a spreadsheet"),
        ("?азақстан мен аза?станны", "Letters were lost here"),
    ],
)
def test_a_damaged_text_is_refused_at_its_field_and_stays_typed(desk, record, typed, told):
    names = [f"title_{language}" for language in LANGUAGES]
    answer = send(desk, edit(record), **dict.fromkeys(names, typed))
    errors, values = answer.context["adminform"].form.errors, values_of(answer)
    for name in names:
        assert told in " ".join(errors[name]), name
        assert values[name] == typed
    assert sum(told in error for error in errors_in(answer)) == len(names)
    record.refresh_from_db()
    assert typed not in [getattr(record, name) for name in names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_damaged_text_is_enough(record, language):
    fields = {"data": {f"title_{language}": "cafÃ©"}, "instance": record}
    form = modelform_factory(Initiative, InitiativeForm, [f"title_{language}"])(**fields)
    assert "It should read “café”" in " ".join(form.errors[f"title_{language}"])


def test_invisible_signs_are_taken_out_and_the_officer_is_told(desk, record):
    sent = {**values_of(desk.get(edit(record))), "_continue": ""}
    sent |= {"title_en": "Signed \u202e2027\u200b", "summary_ru": "Мост\u00ad"}
    told = warnings_in(desk.post(edit(record), sent, follow=True))
    record.refresh_from_db()
    assert (record.title_en, record.summary_ru) == ("Signed 2027", "Мост")
    assert any("Title" in text and "U+202E" in text and "U+200B" in text for text in told)
    assert any("U+00AD SOFT HYPHEN" in text for text in told)


def test_a_text_in_parts_is_no_change(desk, record):
    record.title_ru = "Партнёрство"
    record.save()
    send(desk, edit(record), title_ru="Партне\u0308рство")
    record.refresh_from_db()
    assert (record.title_ru, record.version) == ("Партнёрство", 1)


def test_a_damaged_text_that_is_stored_already_does_not_stop_another_edit(desk, record):
    Initiative.objects.filter(pk=record.pk).update(title_ru="РџСЂРѕРµРєС‚")
    assert send(desk, edit(record), title_en="Long bridge").status_code == 302
    record.refresh_from_db()
    assert (record.title_en, record.title_ru) == ("Long bridge", "РџСЂРѕРµРєС‚")


def test_a_question_without_a_space_is_stored_as_typed(desk, record):
    send(desk, edit(record), title_en="What?Why")
    record.refresh_from_db()
    assert record.title_en == "What?Why"


@pytest.mark.parametrize(("name", "most"), [("title_en", 250), ("summary_ru", 500)])
def test_a_text_that_is_too_long_is_refused_with_its_length_and_stays_typed(
    desk, record, name, most
):
    typed = "ы" * (most + 7)
    answer = send(desk, edit(record), **{name: typed})
    assert any(str(most) in error and str(most + 7) in error for error in errors_in(answer))
    assert values_of(answer)[name] == typed


def test_lines_of_windows_are_counted_as_one_character_each(desk, record):
    text = "line\r\n" * 99 + "end"
    send(desk, edit(record), summary_en=text)
    record.refresh_from_db()
    assert record.summary_en == text.replace("\r\n", "\n")


def test_a_limit_is_said_in_words_and_no_browser_cuts_what_is_pasted(desk, record):
    page = html.fromstring(desk.get(edit(record)).content.decode())
    limits = (("title", "250"), ("summary", "500"))
    for language, (name, most) in product(LANGUAGES, limits):
        [box] = page.xpath(f"//*[@name='{name}_{language}']")
        assert (box.get("maxlength"), box.get("data-max-length")) == (None, most)
        described = box.get("aria-describedby").split()
        said = " ".join(page.get_element_by_id(one).text_content() for one in described)
        assert f"At most {most} characters." in said


def test_the_form_of_an_organisation_has_the_same_care():
    answer = send(signed_in(make_chief()), edit(make_organisation("bank")), name_ru="РџСЂРѕРµРєС‚")
    assert any("“Проект”" in error for error in errors_in(answer))


def test_a_pasted_address_loses_its_invisible_signs_and_that_is_told(desk):
    source = make_source("protocol")
    sent = {**values_of(desk.get(edit(source))), "_continue": ""}
    sent["url"] = "\u2060https://example.org/\u200bpage"
    told = warnings_in(desk.post(edit(source), sent, follow=True))
    source.refresh_from_db()
    assert source.url == "https://example.org/page"
    assert any("U+2060" in text and "U+200B" in text for text in told)


@pytest.mark.parametrize("model", ["organisation", "source", "event"])
def test_no_box_of_a_form_cuts_what_is_pasted(model):
    page = html.fromstring(signed_in(make_chief()).get(address(model, "add")).content.decode())
    assert page.xpath("//main//form//*[@data-max-length]")
    assert [box.get("name") for box in page.xpath("//main//form//*[@maxlength]")] == []


def test_a_search_of_the_desk_passes_over_invisible_signs(desk, record):
    answer = desk.get(address("initiative"), {"q": "Bri\u200bdge"})
    assert "CI-2025-0001" in answer.content.decode()
