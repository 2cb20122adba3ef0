"""Which signs a text may hold, and that a composed letter is the same as one in parts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.text.plain_text import clean, clean_line, names, taken_out

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (0x202A, "direction"),
        (0x202B, "direction"),
        (0x202C, "direction"),
        (0x202D, "direction"),
        (0x202E, "direction"),
        (0x2066, "isolation"),
        (0x2067, "isolation"),
        (0x2068, "isolation"),
        (0x2069, "isolation"),
        (0x200E, "mark of direction"),
        (0x200F, "mark of direction"),
        (0x061C, "mark of direction"),
        (0x200B, "space without width"),
        (0x2060, "space without width"),
        (0xFEFF, "byte order mark"),
        (0x00AD, "soft hyphen"),
        (0x034F, "joiner of letters"),
        (0x2063, "invisible comma"),
        (0x206F, "digit shapes"),
        (0x115F, "filler"),
        (0x3164, "filler"),
        (0xFFF9, "annotation"),
        (0xFFFC, "object"),
        (0xE000, "private"),
        (0xF8FF, "private"),
        (0xF0000, "private"),
        (0x10FFFD, "private"),
        (0xE0001, "tag"),
        (0xE0041, "tag"),
        (0xE007F, "tag"),
        (0x1D173, "musical format"),
    ],
)
def test_a_sign_that_nobody_sees_is_taken_out_and_named(number, kind):
    sign = chr(number)
    assert clean(f"Ташкент{sign} – Astana") == "Ташкент – Astana", kind
    assert taken_out(f"Ташкент{sign} – Astana") == [sign]
    assert names([sign]).startswith(f"U+{number:04X}")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029"])
def test_a_separator_becomes_a_line_break_and_words_stay_apart(sign):
    assert clean(f"one{sign}two") == "one\ntwo"
    assert clean_line(f"one{sign}two") == "one two"
    assert taken_out(f"one{sign}two") == [sign]


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧 families",  # joined by ZERO WIDTH JOINER
        "❤️ and 1️⃣ and ©️ and ℹ️",  # with variation selectors
        "👩🏽‍⚕️",
        "می‌خواهم",  # Persian needs ZERO WIDTH NON-JOINER
        "क्‍ष",
        "葛\U000e0100城市",
        "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",
        "Oʻzbekiston maʼlumoti",
        "10\u00a0000 – «кавычки» № 5",
        "٣\u0600",
        "𞤀",  # younger than some editions of Unicode
        "q\u0328\u0302",  # an accent that no single character has
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(text):
    text = unicodedata.normalize("NFC", text)
    assert clean(text) == text
    assert taken_out(text) == []


@pytest.mark.parametrize(
    ("text", "left", "lost"),
    [
        ("Astana\u200d–Tashkent", "Astana–Tashkent", ["\u200d"]),
        ("Аста\u200cна", "Астана", ["\u200c"]),
        ("bank\ufe0f", "bank", ["\ufe0f"]),
        ("\u200dbegin", "begin", ["\u200d"]),
        ("👨\u200d end", "👨 end", ["\u200d"]),
        ("a\U000e0100", "a", ["\U000e0100"]),
    ],
)
def test_a_joiner_that_joins_nothing_is_taken_out(text, left, lost):
    assert (clean(text), taken_out(text)) == (left, lost)


@pytest.mark.parametrize("text", ["партнёрство", "йод", "Київ", "Öffnung", "İzmir", "é"])
def test_composed_letters_and_letters_in_parts_are_one_text(text):
    assert clean(unicodedata.normalize("NFD", text)) == clean(text) == text


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)
    assert clean(once) == once
    assert taken_out(once) == []
    assert clean_line(clean_line(text)) == clean_line(text)


_SIGNS = "\u200b\u200c\u200d\u202e\ufe0f\u2028\u00ad\u034f\u0301\u180b👨❤аي"


@given(st.text(alphabet=_SIGNS, max_size=12))
def test_cleaning_twice_changes_nothing_more_of_invisible_signs_in_a_row(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(categories=["L", "Nd", "P", "Zs"]), max_size=60))
def test_ordinary_letters_in_nfc_stay_as_they_are(text):
    ordinary = "".join(s for s in text if s not in "\u115f\u1160\u3164\uffa0")
    ordinary = unicodedata.normalize("NFC", ordinary)
    assert clean(ordinary) == ordinary


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_break_of_another_system_parts_words_too(sign):
    """Word and PowerPoint put U+000B where the writer broke a line."""
    assert clean(f"Road{sign}Bridge") == "Road\nBridge"
    assert clean_line(f"Road{sign}Bridge") == "Road Bridge"
