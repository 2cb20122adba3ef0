"""Folding: what a reader types finds what an officer wrote, in any of the scripts."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.text.folding import fold, searchable, words

pytestmark = pytest.mark.once

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates included
MICRO_SIGN = "\N{MICRO SIGN}"  # a Greek letter among Latin ones
LATIN = st.characters(max_codepoint=0x24F, exclude_characters=MICRO_SIGN)
CYRILLIC = st.characters(min_codepoint=0x400, max_codepoint=0x52F)

UZBEKISTAN = """O'zbekiston Oʻzbekiston O‘zbekiston O’zbekiston O`zbekiston O´zbekiston Ozbekiston
    Ўзбекистон Узбекистан uzbekistan UZBEKISTAN Өзбекстан"""
KAZAKHSTAN = """Қазақстан Qazaqstan Казахстан kazakhstan Kazakstan
    Qozogʻiston Qozog'iston Қозоғистон"""
ON_UZBEKISTAN = [
    "Граница с Узбекистаном",
    "O‘zbekistonning yo‘llari",
    "Өзбекстанмен шекара",
    "Gas from Uzbekistan",
    "Ўзбекистондаги йўллар",
]
ON_KAZAKHSTAN = [
    "Дороги Казахстана",
    "Qozogʻistonning yoʻllari",
    "Қазақстанның жолдары",
    "Qazaqstannıñ joldary",
    "Roads of Kazakhstan",
    "Қозоғистон йўллари",
]


def finds(query: str, column: str) -> bool:
    return all(word in column for word in words(query))


@pytest.mark.parametrize(("query", "text"), list(product(UZBEKISTAN.split(), ON_UZBEKISTAN)))
def test_every_spelling_of_uzbekistan_finds_every_language(query, text):
    assert finds(query, searchable(text))


@pytest.mark.parametrize(("query", "text"), list(product(KAZAKHSTAN.split(), ON_KAZAKHSTAN)))
def test_every_spelling_of_kazakhstan_finds_every_language(query, text):
    assert finds(query, searchable(text))


@pytest.mark.parametrize(
    ("query", "text"),
    [*product(UZBEKISTAN.split(), ON_KAZAKHSTAN), *product(KAZAKHSTAN.split(), ON_UZBEKISTAN)],
)
def test_one_country_does_not_find_the_other(query, text):
    assert not finds(query, searchable(text))


@pytest.mark.parametrize(
    "spellings",
    [
        "казах kazakh qazaq қазақ",
        "Хива Xiva Khiva",
        "Бухоро Buxoro Bukhoro",
        "Самарқанд Самарканд Samarqand Samarkand",
        "Қарағанды Qaraghandy Qarağandy",
        "Қызылорда Кызылорда Qyzylorda Kyzylorda Qızılorda",
        "Жамбыл Jambyl Zhambyl",
        "Шымкент Şymkent Shymkent",
        "Өскемен Öskemen Oskemen",
        "Алматы Almaty ALMATY",
        "Сирдарё Sirdaryo",
        "Таджикистан Tadzhikistan Tadjikistan Tajikistan",
        "Азербайджан Azerbaydzhan Azerbaijan",
        "йўл yo'l YOʻL yo‘l",
        "партнёрство партнерство",
        "одарённый одаренный",
        "объём объем",
        "приём прием",
        "ҳаёт hayot",
        "ёшлар yoshlar",
        "кимё kimyo",
        "проект proyekt",
        "Европа Yevropa",
        "российский rossiyskiy rossiysky",
        "энергия energiya energia",
        "инвестиция investitsiya",
        "маъно ma'no ma`no ma´no maʻno maʼno maʹno ma‘no ma’no ma′no",
        "чегара chegara çegara",
        "Mañana manana",
        "ŁÓDŹ Łódź Lodz",
        "ＣＯ２ co₂ co2",
        "٢٠٢٧ 2027",
        "мо\u0301ст мост",
        "элек\u00adтро электро",
        "й\u0438\u0306 йй",
    ],
)
def test_spellings_of_one_word_fold_alike(spellings):
    assert len({fold(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("port", "part"),
        ("порт", "парт"),
        ("бор", "бар"),
        ("суд", "сад"),
        ("ҳол", "хол"),
        ("шар", "сар"),
        ("чин", "цин"),
        ("газ", "қоз"),
        ("II", "XI форум"),
        ("gas border", "Gas pipeline"),
    ],
)
def test_words_that_differ_stay_apart(query, text):
    assert not finds(query, searchable(text))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Россия", "Газ из России"),
        ("Rossiya", "Торговля с Россией"),
        ("China", "Дорога в Китай и торговля с Китаем"),
        ("Xitoy", "Railway to China"),
        ("Saudi Arabia", "Фонд Саудовской Аравии"),
        ("Janubiy Koreya", "Банк Республики Корея"),
        ("Соединенные Штаты", "United States’ EXIM Bank"),
        ("Eron", "Iran's ports"),
        ("Оман", "Ummonning portlari"),
        ("Yevropa Ittifoqi", "Делегация Европейского союза"),
    ],
)
def test_a_country_is_found_in_its_cases_and_by_other_names(query, text):
    assert finds(query, searchable(text))


@pytest.mark.parametrize(
    "text",
    [
        "An omission in the peruse of chaddar",
        "Кроме того, поддержан малый бизнес и малые ГЭС",
        "перевозить грузы, раздать издания",
        "Туркий давлатлар ташкилоти",
        "chili, mali, oman, peru, chad, iran, togo",
        "Малика, Индира, JSON-дани",
    ],
)
def test_ordinary_words_are_no_countries(text):
    assert searchable(text) == fold(text)


def test_the_longest_name_wins():
    column = searchable("Доминиканской Республике, Папуа — Новой Гвинее и Нигерии")
    assert finds("Papua New Guinea, Dominican Republic, Nigeria", column)
    assert "ekvatorial" not in column
    assert not {"dominica", "niger"} & set(column.split())


def test_names_are_added_once_and_in_order():
    twice = searchable("Узбекистан", None, "", "Uzbekistan, China")
    assert twice == "uzbekistan uzbekistan china ozbekiston ozbekstan kitai kitoi"


def test_words_are_distinct_and_limited():
    assert words("Gaz, gaz & ГАЗ %_ 2027\x00") == ["gaz", "2027"]
    assert words("b c d", limit=2) == ["b", "c"]
    assert words(" ‘’ ") == []


def test_small_words_that_join_others_are_passed_over_unless_they_are_all():
    assert words("the bridge of Uzbekistan") == ["bridge", "uzbekistan"]
    assert words("ўзбекистон ва қозоғистон") == words("ўзбекистон қозоғистон")
    assert words("BY IN") == ["bi", "in"]
    assert words("of the") == ["of", "the"]


@pytest.mark.parametrize("text", ["中国 道路", "საქართველო", "대한민국"])
def test_other_scripts_are_kept(text):
    assert fold(text) == text


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert searchable(text).startswith(fold(text))


@given(st.text(LATIN | CYRILLIC))
def test_latin_and_cyrillic_become_plain_ascii(text):
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", fold(text))
