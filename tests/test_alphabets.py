"""Texts and names stand in the alphabet of their reader."""

import random
from unicodedata import normalize

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.text.alphabets import in_alphabet
from tests import factories as make
from tests.listing import counts

pytestmark = pytest.mark.once
IN_ORDER = {
    "kk": "ал әл бал вал гүл ғыл дала ел ёлка жол зат ит йод кен қала лас мал нан ңа он өзен "
    "пар рет су тау уыз ұл үй фар хат һа цирк чек шай щётка ъ ым із ь эл юр яд bridge",
    "uz": "asal bino daryo elektr fan gaz hudud ish jahon koʻprik loyiha maktab neft ola "
    "paxta qala rasm savdo suv tong uy vazir xat yoʻl zar oʻrmon gʻalla shahar chegara мост ўрмон",
    "ru": "2025 азия ёж езда елань жук йод щит эхо яхта abc",
    "en": "2025 apple ärzte banana øre zoo азия",
}
texts = st.text(max_size=12)


@pytest.mark.parametrize("language", IN_ORDER)
def test_words_stand_in_the_order_of_the_alphabet(language):
    words = IN_ORDER[language].split()
    shuffled = random.Random(1).sample(words, len(words))
    assert sorted(shuffled, key=lambda word: in_alphabet(word, language)) == words


def test_signs_and_case_do_not_part_what_belongs_together():
    titles = ["Зона", "зелёный-парк", "«Зелёный коридор»", "Зелёный мост"]
    ordered = sorted(titles, key=lambda title: in_alphabet(title, "ru"))
    assert ordered == ["«Зелёный коридор»", "Зелёный мост", "зелёный-парк", "Зона"]


@pytest.mark.parametrize("sign", "ʻ'’‘`ʼ")
def test_uzbek_letters_are_the_same_with_every_apostrophe(sign):
    assert in_alphabet(f"o{sign}rmon", "uz") > in_alphabet("zar", "uz")


@given(texts, texts, st.sampled_from([None, *IN_ORDER]))
def test_only_case_makes_no_difference(one, other, language):
    same = normalize("NFC", one).casefold() == normalize("NFC", other).casefold()
    assert (in_alphabet(one, language) == in_alphabet(other, language)) is same


@pytest.mark.django_db
def test_countries_of_one_place_stand_by_name_in_the_filter():
    make.make_initiative(parties=("UZ", "KZ"))
    for iso2, order, names in (
        ("UZ", 10, ("Uzbekistan", "Узбекистан")),
        ("KZ", 20, ("Kazakhstan", "Казахстан")),
        ("AT", 100, ("Austria", "Австрия")),
        ("CN", 100, ("China", "Китай")),
        ("JP", 100, ("Japan", "Япония")),
        ("KR", 100, ("South Korea", "Республика Корея")),
    ):
        country = make.make_country(iso2)
        country.order, country.name_en, country.name_ru = order, *names
        country.save()
    assert _countries("en") == ["UZ", "KZ", "AT", "CN", "JP", "KR"]
    assert _countries("ru") == ["UZ", "KZ", "AT", "CN", "KR", "JP"]


def _countries(language):
    with translation.override(language):
        found = counts(InitiativeFilterSet({}), ["country"])["country"]
    return [option.value for option in found]
