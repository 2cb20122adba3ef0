"""Texts to which something happened on the way: encoded twice, letters lost, errors of cells."""

import json
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from initiatives.text.plain_text import damage
from initiatives.text.plain_text.mojibake import decoded

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
TITLES = {
    "en": "Café “Ferghana” – the partners’ site",
    "ru": "Проект соглашения об открытии Торгового дома «Узбекистан»",
    "uz": "Oʻzbekiston va Qozogʻiston oʻrtasidagi hamkorlik",
    "kk": "Өзбекстан мен Қазақстанның серіктестігі, ғылым және білім",
}
CODECS = ["cp1251", "cp1252", "latin-1", "cp1250", "cp866", "koi8_r", "mac_cyrillic"]


def misread(text, codec):
    """The bytes of `text` in UTF-8 as `codec` reads them; gaps are controls, as in browsers."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_text_that_was_encoded_twice_is_told_with_the_text_as_it_would_be_right(language, codec):
    wrong = misread(TITLES[language], codec)
    assert decoded(wrong) == TITLES[language]
    assert f"“{TITLES[language]}”" in damage(wrong)


@pytest.mark.parametrize("codec", ["cp1251", "cp1252", "latin-1", "cp1250"])
@pytest.mark.parametrize("language", ["en", "uz"])
def test_single_letters_that_were_encoded_twice_are_told_too(language, codec):
    assert decoded(misread(TITLES[language], codec)) == TITLES[language]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("РџСЂРѕРµРєС‚", "Проект"),
        ("РїСЂРѕРµРєС‚", "проект"),
        ("Р’РёРґ", "Вид"),
        ("Т›Р°Р·Р°Т›", "қазақ"),
        ("OК»zbekiston", "Oʻzbekiston"),
        ("Сотрудничество РџСЂРѕРµРєС‚ и другое", "Сотрудничество Проект и другое"),
        ("Привет вЂ” мир", "Привет — мир"),
        ("РРЅРёС†РёР°С‚РёРІР°", "Инициатива"),
        ("Ð¿Ñ€Ð¾ÐµÐºÑ‚", "проект"),
        ("cafÃ©", "café"),
        ("donâ€™t", "don’t"),
        ("ÃƒÂ©", "é"),
        ("ðŸ˜€", "😀"),
        ("mablagÊ»", "mablagʻ"),
        ("Ïðîåêò â ñôåðå", "Проект в сфере"),
    ],
)
def test_what_each_wrong_encoding_makes_of_words_is_known(wrong, right):
    assert decoded(wrong) == right
    assert right in damage(wrong)


ERRORS = (
    "#NAME? #VALUE! #REF! #N/A #DIV/0! #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT!"
    " #GETTING_DATA #ЗНАЧ! #ИМЯ? #ССЫЛКА! #ДЕЛ/0! #Н/Д #ЧИСЛО! #ПУСТО! #ПЕРЕНОС! #АДРЕС! #ЗНАЧЕН!"
    " #WERT! #BEZUG! #ZAHL! #NV #VALEUR! #NOM? #NOMBRE! #¿NOMBRE? #¡VALOR! #¡DIV/0! #DEĞER! #AD?"
    " #SAYI/0! #ARP! Err:502 Err:508 #name? #ERROR!"
)


@pytest.mark.parametrize("value", ERRORS.split())
def test_an_error_of_a_spreadsheet_is_no_text_in_any_language(value):
    assert f"“{value}”" in damage(value)
    assert value in damage(f" {value} ")
    assert value in damage(f"UZ|{value}", separator="|")


@pytest.mark.parametrize("text", ["Total: #REF!", "Срок: #ЗНАЧ! дней"])
def test_an_error_within_a_text_is_found(text):
    assert damage(text)


@pytest.mark.parametrize(
    "text",
    [
        "?азақстан мен ?збекстан",
        "аза?станны? ?ріптестігі",
        "O?zbekiston va Qozog?iston",
        "КАЗА?СТАН",
        "«?аза?стан»",
        "????????? ? ????????",
        "????",
        "Саласы жо?.",
        "Parti\ufffdrs",
        "mablag?, qarz",
    ],
)
def test_lost_letters_are_told_with_the_words(text):
    assert "CSV UTF-8" in damage(text)


@pytest.mark.parametrize(
    "text",
    [
        "What?Why",
        "Что?Где?Когда?",
        "Is it open? yes",
        "Готово ли? Да.",
        "Что это?..",
        "Really?!",
        "(?)",
        "?",
        "What ???",
        "See https://example.org/page?id=5&lang=ru",
        "example.org/?q=x",
        "Нима қилиш керак?",
        "№1! #1 priority! #hashtag #Ташкент2025",
        "C# and F#; 50 % off? No.",
        "Дії, вії, ТІРІ, СЕРІКТЕСТІРІЛГЕН",
        "в СССР» и «РСФСР»… № 5",
        "ÉTÉ, PACHÂ », São Paulo, Ærø, Ðð",
        "Göttingen, Åland, naïve, œuvre",
        "5\u00a0°C, ½, ±3 %, §7, µm, ¿Qué?",
        "😀👨‍👩‍👧🏴",
        "Ҳамкорлик, ғалла, Ўзбекистон",
        "××××",
        "Error: 502 Bad Gateway",
        "НӨЛДЕН КІШІ МІНДЕТТЕМЕЛЕР, КҮШІН ЖОЮ",
    ],
)
def test_a_real_text_is_never_called_wrong(text):
    assert damage(text, separator="|") == ""


def _texts():
    for path in (ROOT / "fixtures").glob("*.json"):
        for one in json.loads(path.read_text()):
            yield from (value for value in one["fields"].values() if isinstance(value, str))
    for path in (ROOT / "locale").glob("*/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                texts = message.string if isinstance(message.string, tuple) else [message.string]
                yield from filter(None, texts)
    for code in ("en", "ru", "uz", "uz_Cyrl", "kk", "uk", "tr", "fr", "de", "tg", "ky", "az"):
        locale = Locale.parse(code)
        for names in (locale.territories, locale.languages, locale.currencies):
            yield from map(str, names.values())


def test_no_text_of_the_first_data_the_catalogues_or_the_names_of_countries_is_called_wrong():
    texts = set(_texts())
    assert len(texts) > 10_000
    found = {text: damage(text) for text in texts}
    found |= {text.upper(): damage(text.upper()) for text in texts}
    assert {text: told for text, told in found.items() if told} == {}


def test_a_text_that_is_told_to_be_right_is_not_called_wrong_again():
    for title in TITLES.values():
        for codec in CODECS:
            assert damage(decoded(misread(title, codec))) == ""
