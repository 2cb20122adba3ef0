"""The parts of an activity: texts, who takes part, sectors, money, documents, and its relatives."""

import pytest

from tests import factories as make
from tests.iati import exporting
from tests.iati.check import problems
from tests.iati.records import RECORD, tellable, whole

pytestmark = [pytest.mark.django_db, pytest.mark.once]
read, told = exporting.read, exporting.told


def test_titles_are_told_in_each_language(told):
    whole()
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    titles = {part.get(lang): part.text for part in told().find("title")}
    assert titles == {
        "en": "Title",
        "ru": "Название",
        "uz": "Nomi",
        "kk": "Атауы",
    }


def test_who_takes_part_has_a_role_of_the_list(told):
    whole()
    found = {
        (part.get("ref"), part.get("type"), part.get("role"), part.findtext("narrative"))
        for part in told().findall("participating-org")
    }
    assert found == {
        ("44000", "10", "1", "Bank"),
        (None, "10", "2", "Ministry"),
        (None, "10", "2", "Uzbekistan"),
        (None, "10", "2", "Kazakhstan"),
        (None, "10", "1", "Kyrgyzstan"),
    }


def test_shares_that_nobody_knows_are_equal_and_say_so(told):
    tellable(parties=["UZ", "KZ", "KG"])
    countries = told().findall("recipient-country")
    assert sorted(part.get("percentage") for part in countries) == ["33.33", "33.33", "33.34"]
    assert "(share not known, equal parts)" in countries[0].findtext("narrative")


def test_beneficiaries_receive_before_parties(told):
    make.add_country(tellable(), "KG", "beneficiary")
    (country,) = told().findall("recipient-country")
    assert (country.get("code"), country.get("percentage")) == ("KG", None)


def test_sectors_are_in_our_words_and_in_those_of_the_dac(told):
    made = tellable(main_sector=None)
    for slug, code, percent in (("water", "14010", 60), ("rail", "21030", 30), ("talks", "", 10)):
        made.sectors.create(sector=make.make_sector(slug, dac_code=code), percent=percent)
    found = [
        (part.get("vocabulary"), part.get("code"), part.get("percentage"))
        for part in told().findall("sector")
    ]
    assert sorted(found) == sorted(
        [
            ("1", "14010", "60"),
            ("1", "21030", "30"),
            ("1", "99810", "10"),
            ("99", "water", "60"),
            ("99", "rail", "30"),
            ("99", "talks", "10"),
        ]
    )


def test_shares_above_100_together_are_written_as_equal_parts_and_named(read):
    made = tellable(main_sector=None)
    for slug, code, percent in (("water", "14010", "72.85"), ("rail", "21030", "37.16")):
        made.sectors.create(sector=make.make_sector(slug, dac_code=code), percent=percent)
    content = read(RECORD)
    assert problems(content) == []
    sectors = [one for one in content.splitlines() if b"<sector" in one]
    assert [b'percentage="50"' in one for one in sectors] == [True] * 4  # the DAC's and ours
    assert "Sectors: the shares give 110.01 together, above 100" in content.decode()


def test_what_rounding_gave_too_much_is_taken_from_the_largest_and_told(read):
    made = tellable(main_sector=None)
    for slug, code, percent in (("water", "14010", "70.01"), ("rail", "21030", "30")):
        made.sectors.create(sector=make.make_sector(slug, dac_code=code), percent=percent)
    content = read(RECORD)
    assert problems(content) == []
    assert (content.count(b'percentage="70"'), content.count(b'percentage="30"')) == (2, 2)
    assert "Sectors: the shares give 100.01 together; the largest is written" in content.decode()


def test_codes_that_came_with_a_file_share_in_the_same_100(read):
    made = tellable(main_sector=None)
    made.sectors.create(sector=make.make_sector("water", dac_code="14010"), percent=60)
    made.classifications.create(
        number=1, element="sector", vocabulary="1", code="21030", share="60"
    )
    content = read(RECORD)
    assert problems(content) == []
    assert content.count(b'vocabulary="1" code="14010" percentage="50"') == 1
    assert content.count(b'vocabulary="1" code="21030" percentage="50"') == 1
    assert "Sectors: the shares give 120 together" in content.decode()


def test_countries_and_regions_above_100_together_are_equal_parts(read):
    made = tellable(parties=["UZ", "KZ"])
    made.countries.update(percent=50)
    made.classifications.create(
        number=1, element="recipient-region", vocabulary="1", code="619", share="33.5"
    )
    content = read(RECORD)
    assert problems(content) == []
    assert content.count(b'percentage="33.33"') == 2
    assert content.count(b'code="619" percentage="33.34"') == 1
    assert "Countries and regions: the shares give 133.5 together" in content.decode()


def test_money_becomes_transactions_to_the_last_digit(told):
    whole()
    found = [
        (
            part.find("transaction-type").get("code"),
            part.findtext("value"),
            part.find("value").get("currency"),
        )
        for part in told().findall("transaction")
    ]
    assert found == [
        ("2", "1000.50", "USD"),
        ("12", "900.00", "USD"),
        ("3", "8345678901234567.891", "USD"),
        ("6", "5.00", "USD"),
        ("2", "-7.00", "UZS"),
        ("2", "7.00", "USD"),
        ("4", "1.00", "USD"),
    ]


def test_an_amount_that_is_not_exact_says_so(told):
    whole()
    texts = told().xpath("transaction/description/narrative[@xml:lang='en']/text()")
    assert texts == ["About.", "Between 7.00 and 9.00 USD, of which the lower amount is given."]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"amount": None, "date": "2024-01-01"}, "the amount is undisclosed"),
        ({"date": "2024-01"}, "the day is not known"),
        ({}, "the day is not known"),
        ({"date": "2998-01-01"}, "the day is in the future"),
        ({"date": "2001-01-01", "currency": "SUR"}, "IATI does not know the currency SUR"),
    ],
)
def test_money_that_is_no_transaction_is_left_out_and_named(read, fields, reason):
    make.make_funding(tellable(), **fields)
    content = read(RECORD)
    assert problems(content) == []
    assert b"<transaction" not in content
    assert f"Money, line 1: {reason}" in content.decode()


def test_public_sources_are_documents(told):
    whole()
    treaty, page = sorted(told().findall("document-link"), key=lambda x: x.get("format"))[::-1]
    assert (treaty.get("format"), treaty.find("category").get("code")) == ("text/html", "A09")
    assert treaty.find("document-date").get("iso-date") == "2024-01-05"
    assert page.get("url") == "https://example.org/a.pdf?x=1#p%202"


def test_parents_children_and_reports_of_others_are_named_if_they_are_public(told):
    made = whole()
    tellable("CI-2025-0099", parent=made, publication="draft")
    found = {(part.get("type"), part.get("ref")) for part in told().findall("related-activity")}
    assert found == {
        ("1", "localhost-CI-2025-00011"),
        ("2", "localhost-CI-2025-00012"),
        ("5", "44000-P178734"),
    }


def test_a_parent_that_is_a_draft_is_not_named(told):
    tellable(parent=tellable("CI-2025-0002", publication="draft"))
    assert told().findall("related-activity") == []
