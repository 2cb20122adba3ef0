"""A search finds what readers type: other alphabets, shortened numbers, events, short names."""

import pytest
from django.utils import timezone

from initiatives.editions.search import matching, suggestions
from initiatives.editions.search.readings import readings
from initiatives.models import Edition
from initiatives.publication import issue_missing
from initiatives.text.keyboards import on_other_keyboard
from tests import factories as make
from tests.editions import append, withdrawal
from tests.register import known_since

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("C5K", "C5 K"),
        ("С5+К", "C5+K"),
        ("Kазахстан", "Казахстан"),
        ("Сaspian", "Caspian"),
        ("5 млрд", "5 billion"),
        ("$5bn", "$5 billion"),
        ("1,5 млн. долларов", "1,5 million долларов"),
        ("ci20250016", "CI-2025-0016"),
        ("Иpтыш", "Иртыш"),
        ("5 000 000 000", "5 billion"),
        ("USD 7,500,000", "USD 7.5 million"),
        ("5 000 000 2026", "5 million 2026"),
        ("12000000000000", "12 trillion"),
        ("№16", "16"),
        ("проект № 16", "проект 16"),
        ("#2025", "2025"),
    ],
)
def test_a_text_is_read_in_the_way_it_may_be_meant(text, meant):
    assert readings(text) == [text, meant]


@pytest.mark.parametrize(
    "text",
    ["", "bridge", "Мост 2025", "Oʻzbekiston", "k m", "C5+K", "7 512 345", "1 000 000 000 000 000"],
)
def test_a_plain_text_has_one_reading(text):
    assert readings(text) == [text]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("rfpf[cnfy", "казахстан"), ("'ythutnbrf", "энергетика"), ("еуые", "test"), ("2025", "")],
)
def test_the_same_keys_write_another_text(typed, meant):
    assert on_other_keyboard(typed) == meant


def found(query):
    """The number of public initiatives that the text finds, after what is missing was issued."""
    if not Edition.objects.exists():
        issue_missing()
    return len(matching([query]))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("МПК", "Межправительственные комиссии"),
        ("межправкомиссии", "Hukumatlararo komissiyalar"),
        ("mines", "Mining development"),
        ("горная промышленность", "Развитие горнодобывающей отрасли"),
        ("водоснабжение полей", "Модернизация орошения"),
        ("СП в Узбекистане", "Совместные предприятия Узбекистана"),
        ("ж/д", "Железные дороги"),
        ("вузы", "Университеты двух стран"),
        ("кушма корхоналар", "Qoʻshma korxonalar"),
        ("узаро савдо", "Oʻzaro savdo"),
        ("высокий уровень", "Встречи на высоком уровне"),
        ("уровня", "Высокий уровень"),
        ("туристов", "Туризм"),
        ("день рождения", "Беседа с днём рождения"),
        ("двухстороннее", "Двусторонний диалог"),
        ("uchtomonlama", "Uch tomonlama loyiha"),
        ("екі жақты", "Екіжақты ынтымақтастық"),
        ("вода", "Модернизация орошения"),
        ("студентов", "Образование"),
        ("пайдалы қазбалар", "Mining development"),
        ("№7", "Line 7"),
    ],
)
def test_a_reader_finds_what_records_call_otherwise(query, title):
    # With codes of their own: a number is looked for among those as well.
    make.make_initiative("CI-2025-9001", title_en=title)
    make.make_initiative("CI-2025-9002", title_en="Something else", title_ru="Форма и сыр")
    assert found(query) == 1


@pytest.mark.parametrize("query", ["СПб", "miner", "форум", "jvs", "вес"])
def test_what_only_looks_like_such_a_word_finds_nothing(query):
    for title in ("Совместные предприятия", "Mining", "For a form", "Wind power", "Venture"):
        make.make_initiative(title_en=title)
    assert found(query) == 0


@pytest.mark.parametrize("query", ["иригация", "irigatsiya", "иригации"])
def test_a_slip_in_a_word_of_many_languages_is_mended_as_a_record_has_it(query):
    make.make_initiative(title_en="Irrigation", title_ru="Орошение")
    known_since()
    assert suggestions(query, language="ru") == ["Irrigation"]


def test_what_was_typed_on_another_keyboard_is_offered():
    make.make_initiative(title_ru="Энергетика")
    known_since()
    assert suggestions("'ythutnbrf", language="ru") == ["энергетика"]
    assert suggestions("rfpf[cnfyirf", language="ru") == []


@pytest.mark.parametrize("query", ["C5K", "c5k", "С5+К", "С5К", "C5+K", "summit C5K"])
def test_a_short_name_is_found_in_both_alphabets(query):
    make.make_initiative(title_en="C5+K summit")
    make.make_initiative(title_en="Summit")
    assert found(query) == 1


@pytest.mark.parametrize("query", ["5 млрд", "5bn", "$5 bn", "5 mlrd", "5 миллиардов"])
def test_a_shortened_number_is_found(query):
    make.make_initiative(title_en="Projects of $5 billion", title_ru="Проекты на 5 миллиардов")
    assert found(query) == 1


@pytest.mark.parametrize("query", ["Samarkand", "саммит в Самарканде", "Mirziyoyev", "Summit 2025"])
def test_the_name_the_place_and_the_outcome_of_an_event_find_its_records(query):
    event = make.make_public_event(
        "summit",
        title_en="Summit 2025",
        title_ru="Саммит",
        place_en="Samarkand",
        place_ru="Самарканд",
        outcome_en="A greeting of Mirziyoyev",
    )
    make.link_event(make.make_initiative("CI-2025-0001", title_en="Road"), event)
    make.make_initiative("CI-2025-0002", title_en="Bridge")
    assert found(query) == 1


def test_an_event_that_is_no_longer_public_finds_nothing():
    event = make.make_public_event("summit", title_en="Gathering")
    make.link_event(make.make_initiative("CI-2025-0001", title_en="Road"), event)
    assert found("gathering") == 1
    append(withdrawal(en="Wrong"), kind="event", key="summit", since=timezone.now())
    assert found("gathering") == 0


def test_short_names_are_whole_words():
    make.make_organisation("eu", name_en="European Union", acronym="EU", aliases="ЕС, Евросоюз")
    make.make_initiative("CI-2025-0001", title_en="Road", organisations=["eu"])
    make.make_initiative("CI-2025-0002", title_en="Museum of ties", title_ru="Музеи евразии")
    assert [found(query) for query in ("EU", "ЕС", "Евросоюза")] == [1, 1, 1]


def test_the_letter_of_uzbek_may_be_typed_as_on_a_russian_keyboard():
    assert "ҳукуматлараро" in readings("хукуматлараро")
    assert readings("hukumat") == ["hukumat"]
