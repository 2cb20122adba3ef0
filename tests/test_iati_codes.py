"""The codes that we ship are those of IATI's lists."""

import pytest
from lxml import etree

from initiatives.choices import FundingType
from initiatives.exchange.iati import organisations, transactions
from initiatives.exchange.iati.codes import SECTOR_NOT_SPECIFIED, names
from initiatives.exchange.iati.writing.links import anyuri
from tests.iati.codelists import codes

pytestmark = pytest.mark.once
URI = etree.XMLSchema(
    etree.fromstring(
        '<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema">'
        '<s:element name="a" type="s:anyURI"/></s:schema>'
    )
)


@pytest.mark.parametrize("name", ["Country", "Currency", "Language", "Sector", "SectorCategory"])
def test_the_lists_are_complete(name):
    assert set(names(name)) == codes(name)
    assert all(names(name).values())


def test_codes_that_are_written_are_in_their_lists():
    assert SECTOR_NOT_SPECIFIED in codes("Sector")
    assert set(transactions.FINANCE.values()) <= codes("FinanceType")
    assert set(transactions.SPECIAL.values()) <= codes("TransactionType")
    assert set(organisations.TYPES.values()) <= codes("OrganisationType")


def test_every_type_of_money_has_a_transaction_type():
    assert set(transactions.CODES) == set(FundingType) - {FundingType.ANNOUNCED}
    assert set(transactions.CODES.values()) <= codes("TransactionType")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/%zz%",
        "https://example.org/a b#c#d e",
        "https://example.org/[x]{y}|z\\^`",
        "https://пример.рф/путь?q=слово",
        "https://user:p@example.org:8080/?a[]=1&b=%20",
        "http://[::1]/x",
        "https://example.org?x=[1]#y",
    ],
)
def test_whatever_stands_in_an_address_the_schema_takes_it(url):
    element = etree.Element("a")
    element.text = anyuri(url)
    assert element.text
    assert URI.validate(element)


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://example.org/", "http://"])
def test_what_is_no_web_address_is_no_document(url):
    assert anyuri(url) == ""
