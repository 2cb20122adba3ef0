"""Codes with letters of another alphabet that look like Latin ones."""

import pytest

from initiatives.text.lookalikes import latin, nearest, strange_letter

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("КZ", "KZ"),
        ("UА", "UA"),
        ("СI-2025-0001", "CI-2025-0001"),
        ("CІ–2025–0001", "CI-2025-0001"),
        ("СІ−2025‑0001", "CI-2025-0001"),
        ("ЕUR", "EUR"),
        ("ΕUR", "EUR"),
        ("ＵＺＳ", "UZS"),
        ("еnеrgу", "energy"),
        ("раrtу", "party"),
        ("ХХ", "XX"),
    ],
)
def test_a_letter_that_looks_latin_is_taken_for_the_latin_one(typed, meant):
    assert latin(typed) == meant
    assert nearest(typed, [meant, "other"]) == meant
    assert strange_letter(typed)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("КZ", "Character 1, “К”, is a Cyrillic letter."),
        ("UZ:pаrty", "Character 5, “а”, is a Cyrillic letter."),
        ("ΕUR", "Character 1, “Ε”, is a Greek letter."),
        ("CI–2025", "Character 3, “–”, is U+2013 and not on the keyboard."),
    ],
)
def test_the_strange_letter_is_named_with_its_place_and_alphabet(typed, named):
    assert strange_letter(typed) == named


@pytest.mark.parametrize("code", ["KZ", "CI-2025-0001", "", "жд", "ünlü"])
def test_a_letter_that_looks_like_no_latin_one_is_not_strange(code):
    assert strange_letter(code) == ""


def test_the_nearest_code_is_found_over_case_alphabet_and_a_slip():
    known = ["agriculture", "energy", "transport"]
    assert nearest("Аgriсulturе", known) == "agriculture"
    assert nearest("ENERGI", known) == "energy"
    assert nearest("zzzzzz", known) == ""
