"""The frame of the desk: navigation, headings, refusals and one search for all."""

import pytest
from lxml import html

from tests.desk import address, edit, make_chief, make_desk, make_officer, send, signed_in
from tests.factories import (
    make_event,
    make_initiative,
    make_organisation,
    make_source,
)

pytestmark = pytest.mark.django_db
PARTS = ("citation", "funding", "milestone", "statuschange", "daterevision")


@pytest.fixture
def desk():
    return signed_in(make_officer())


def page_of(response):
    return html.fromstring(response.content.decode())


def found(client, text):
    page = page_of(client.get("/admin/search/", {"q": text}))
    return [link.get("href") for link in page.xpath("//div[@id='content-main']//li/a")]


def test_parts_of_a_record_stand_in_no_list_beside_it():
    page = page_of(signed_in(make_chief()).get(address("initiative")))
    side = page.xpath("//nav[@id='nav-sidebar']")[0]
    groups = [one.text_content().strip() for one in side.xpath(".//caption")]
    assert groups == ["Work", "Records", "Reference", "Administration"]
    links = [link.get("href") for link in side.xpath(".//a")]
    assert address("initiative") in links
    assert not {address(part) for part in PARTS} & set(links)


@pytest.mark.parametrize(
    ("language", "heading"),
    [("ru", "Новая инициатива"), ("uz", "Yangi tashabbus"), ("kk", "Жаңа бастама")],
)
def test_headings_are_sentences_of_their_language(desk, language, heading):
    desk.cookies["django_language"] = language
    page = page_of(desk.get(address("initiative", "add")))
    assert page.xpath("//h1")[0].text_content().strip() == heading
    stored = page_of(desk.get(edit(make_initiative())))
    assert "Изменить инициатива" not in stored.xpath("//h1")[0].text_content()


@pytest.mark.parametrize(
    ("language", "search", "total"),
    [
        ("en", "Search", "Total: 2"),
        ("ru", "Поиск", "Всего: 2"),
        ("uz", "Qidirish", "Jami: 2 ta"),
        ("kk", "Іздеу", "Барлығы: 2"),
    ],
)
def test_a_list_is_counted_and_searched_in_its_language(desk, language, search, total):
    make_initiative("CI-2025-0001")
    make_initiative("CI-2025-0002")
    desk.cookies["django_language"] = language
    page = page_of(desk.get(address("initiative")))
    assert total in page.xpath("//p[@class='paginator']")[0].text_content()
    assert page.xpath("//label[@for='searchbar']/img/@alt") == [search]


@pytest.mark.parametrize(
    "path", ["nothing/", "initiatives/nothing/", "initiatives/initiative/x/status/"]
)
def test_a_page_that_is_not_there_is_told_in_the_frame(desk, path):
    response = desk.get(f"/admin/{path}")
    page = page_of(response)
    assert response.status_code == 404
    assert page.xpath("//h1")[0].text_content() == "Page not found"
    assert page.xpath("//header[@id='header']//form[@role='search']")


def test_a_page_of_another_desk_is_refused_in_the_frame():
    record = make_initiative(publication="draft")
    client = signed_in(make_officer(desk=make_desk("KG", countries=["KG"])))
    response = client.get(edit(record))
    assert response.status_code == 403
    assert "another desk" in page_of(response).xpath("//main")[0].text_content()
    assert record.title_en not in response.content.decode()


def test_one_search_finds_records_events_organisations_and_sources(desk):
    record = make_initiative(title_ru="Мост через Сырдарью")
    record.external_ids.create(scheme="wb", value="P170001")
    event = make_event(title_en="Bridge summit")
    bank = make_organisation("steppe", name_en="Bridge Bank")
    source = make_source("bridge", title="Протокол о мосте")
    assert found(desk, "most syrdaryu") == [edit(record)]
    assert found(desk, record.code.lower()) == [edit(record)]
    assert found(desk, "p170001") == [edit(record)]
    assert found(desk, "bridge") == [edit(event), edit(bank), edit(source)]
    assert found(desk, "protokol o moste") == [edit(source)]


def test_the_search_shows_nothing_of_other_desks():
    record = make_initiative(publication="draft", title_en="Secret bridge")
    record.external_ids.create(scheme="wb", value="P170001")
    client = signed_in(make_officer(desk=make_desk("KG", countries=["KG"])))
    for text in ("Secret", record.code, "P170001"):
        assert found(client, text) == []


@pytest.mark.parametrize("text", ["", " ", "%", "a" * 70_000, "'", "🤷"])
def test_no_text_breaks_the_search(desk, text):
    assert desk.get("/admin/search/", {"q": text}).status_code == 200


def test_the_records_of_my_last_changes_are_one_click_away(desk):
    first, second = make_initiative(title_en="First"), make_initiative(title_en="Second")
    for record in (second, first):
        send(desk, edit(record), title_kk="Көпір")
    page = page_of(desk.get("/admin/"))
    links = page.xpath("//h2[text()='My recent records']/following-sibling::ul[1]//a/@href")
    assert links == [edit(first), edit(second)]
