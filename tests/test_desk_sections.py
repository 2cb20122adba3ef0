"""The form of an initiative: sections with addresses, one language open, rows of one line."""

import pytest
from lxml import html

from initiatives.models import Initiative
from tests.desk import add_row, address, edit, make_officer, make_viewer, send, signed_in, values_of
from tests.factories import make_initiative
from tests.full_records import make_full

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADD = address("initiative", "add")


@pytest.fixture
def desk():
    return signed_in(make_officer())


def page_of(response):
    return html.fromstring(response.content.decode())


def open_texts(page):
    """The names of the texts that are not folded away."""
    boxes = page.xpath("//section[@id='texts']//*[@name][not(ancestor::details[not(@open)])]")
    return [
        box.get("name") for box in boxes if box.get("name")[-3:] in ("_en", "_ru", "_uz", "_kk")
    ]


def test_each_section_is_linked_from_the_head_of_the_form(desk):
    page = page_of(desk.get(edit(make_full(make_initiative(), 1))))
    targets = [link.get("href") for link in page.xpath("//nav[@aria-label='Sections']//a")]
    assert targets[:3] == ["#texts", "#who", "#when"]
    assert all(page.xpath(f"//section[@id='{target[1:]}']/header/h2") for target in targets)


def test_the_language_of_the_page_is_open_until_another_is_chosen(desk):
    assert open_texts(page_of(desk.get(ADD))) == ["title_en", "summary_en"]
    values = {**values_of(desk.get(ADD)), "title_en": "A bridge", "_language": "ru"}
    page = page_of(desk.post(ADD, values))
    # What was typed and is not saved stays open too.
    assert open_texts(page) == ["title_ru", "summary_ru", "title_en", "summary_en"]
    assert page.xpath("//input[@name='title_en']/@value") == ["A bridge"]
    assert not Initiative.objects.exists()
    assert open_texts(page_of(desk.get(ADD))) == ["title_ru", "summary_ru"]


def test_the_choice_of_a_language_is_each_officers_own(desk):
    desk.post(ADD, {**values_of(desk.get(ADD)), "_language": "kk"})
    desk.force_login(make_officer("olga"))
    assert open_texts(page_of(desk.get(ADD))) == ["title_en", "summary_en"]


def test_four_languages_are_open_side_by_side_on_demand(desk):
    desk.post(ADD, {**values_of(desk.get(ADD)), "_language": "all"})
    assert len(open_texts(page_of(desk.get(ADD)))) == 8


@pytest.mark.parametrize("choice", ["de", "", "ru\x00", "a" * 5000])
def test_no_other_language_is_taken(desk, choice):
    response = desk.post(ADD, {**values_of(desk.get(ADD)), "_language": choice})
    assert response.status_code == 200
    assert not any("desk_language" in name for name in response.cookies)


def test_the_cookie_of_the_choice_belongs_to_the_host_in_production(desk, settings):
    """As those of the session do, and one without the prefix is read no more."""
    settings.SESSION_COOKIE_SECURE = True
    answer = desk.post(ADD, {**values_of(desk.get(ADD)), "_language": "kk"})
    (cookie,) = [row for name, row in answer.cookies.items() if "desk_language" in name]
    assert cookie.key.startswith("__Host-desk_language_")
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    desk.cookies.clear()
    settings.SESSION_COOKIE_SECURE = False
    officer = make_officer("olga")
    desk.force_login(officer)
    desk.cookies[f"desk_language_{officer.pk}"] = "kk"
    assert "title_kk" in open_texts(page_of(desk.get(ADD)))
    settings.SESSION_COOKIE_SECURE = True
    assert "title_kk" not in open_texts(page_of(desk.get(ADD)))


def test_it_is_told_how_many_languages_are_there(desk):
    texts = {
        f"{name}_{language}": "A" for name in ("title", "summary") for language in ("en", "ru")
    }
    page = page_of(desk.get(edit(make_initiative(**texts, title_kk="Б"))))
    head = page.xpath("//section[@id='texts']/header")[0].text_content()
    assert "2 of 4 translated" in " ".join(head.split())
    kazakh = page.xpath("//details[.//*[@name='title_kk']]/summary")[0].text_content()
    assert "missing: Summary" in " ".join(kazakh.split())


def test_a_stored_row_is_a_line_and_a_new_one_has_no_box_for_what_cannot_be_yet(desk):
    page = page_of(desk.get(edit(make_full(make_initiative(), 1))))
    stored = page.xpath("//div[@id='milestones-0']/details[not(@open)]/summary")[0]
    assert "Step" in stored.text_content()
    assert page.xpath("//div[@id='milestones-0']//*[@name='milestones-0-dropped_reason_en']")
    assert not page.xpath("//*[@name='milestones-1-dropped_reason_en']")
    assert not page_of(desk.get(ADD)).xpath("//*[starts-with(@name, 'outcome') or @name='code']")


def test_a_wrong_row_comes_back_open_with_the_error_at_its_field(desk):
    record = make_full(make_initiative(), 1)
    response = send(desk, edit(record), **{"milestones-0-planned": "soon"})
    page = page_of(response)
    row = page.xpath("//div[@id='milestones-0']/details[@open]")[0]
    field = row.xpath(".//div[contains(@class, 'field-planned')]")[0]
    assert "soon" in field.text_content()
    link = page.xpath("//nav[@aria-label='Sections']//a[@href='#when']")[0]
    assert "1 error" in link.text_content()


def test_an_error_in_what_is_folded_opens_it(desk):
    response = send(desk, ADD, title_en="A bridge", title_kk="ы" * 300, actual_end="never")
    page = page_of(response)
    for name in ("title_kk", "actual_end"):
        assert page.xpath(f"//details[@open]//*[@name='{name}']"), name


def test_rows_can_be_typed_without_any_script(desk):
    page = page_of(desk.get(ADD))
    for name in (
        "countries-1-country",
        "sectors-0-sector",
        "milestones-0-title_en",
        "funding-0-type",
    ):
        assert page.xpath(f"//*[@name='{name}']"), name


def test_blank_rows_are_no_rows(desk):
    send(desk, ADD, title_en="A bridge")
    record = Initiative.objects.get()
    assert not any(rows.exists() for rows in (record.countries, record.sectors, record.milestones))


def test_whoever_may_only_read_sees_the_same_page_without_boxes():
    record = make_full(make_initiative(title_ru="Мост"), 1)
    page = page_of(signed_in(make_viewer()).get(edit(record)))
    assert not page.xpath("//main//section//input[not(@type='hidden')] | //main//section//textarea")
    assert "Мост" in page.xpath("//section[@id='texts']")[0].text_content()
    assert not page.xpath("//section[@id='sources']//*[contains(text(), 'everything entered')]")
    assert not page.xpath("//button[@name='_language']")


def test_a_new_row_of_the_script_knows_its_kind(desk):
    values = add_row(values_of(desk.get(ADD)), "external_ids", scheme="wb", value="P1")
    desk.post(ADD, {**values, "title_en": "A bridge", "_save": ""})
    assert Initiative.objects.get().external_ids.get().value == "P1"
