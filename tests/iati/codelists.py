"""Codes that are in no code list, for the attributes that a file of ours has."""

from functools import cache

from lxml import etree

from tests.iati import FOLDER

_DAC = "[not(@vocabulary) or @vocabulary='1']"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATTRIBUTES = {
    "//activity-status/@code": "ActivityStatus",
    "//activity-date/@type": "ActivityDateType",
    "//recipient-country/@code": "Country",
    f"//recipient-region{_DAC}/@code": "Region",
    "//sector/@vocabulary": "SectorVocabulary",
    f"//sector{_DAC}/@code": "Sector",
    "//participating-org/@role": "OrganisationRole",
    "//participating-org/@type | //reporting-org/@type": "OrganisationType",
    "//provider-org/@type | //receiver-org/@type": "OrganisationType",
    "//other-identifier/@type": "OtherIdentifierType",
    "//related-activity/@type": "RelatedActivityType",
    "//transaction-type/@code": "TransactionType",
    "//finance-type/@code": "FinanceType",
    "//value/@currency | //@default-currency": "Currency",
    "//document-link/@format": "FileFormat",
    "//document-link/category/@code": "DocumentCategory",
    "//document-link/language/@code | //@xml:lang": "Language",
    "/iati-activities/@version": "Version",
}


@cache
def codes(name: str) -> frozenset[str]:
    tree = etree.parse(FOLDER / "codelists" / f"{name}.xml")
    return frozenset(code.text.strip() for code in tree.iterfind(".//codelist-item/code"))


def wrong_codes(tree) -> list[str]:
    return [
        f"{code!r} of {path} is not in {name}"
        for path, name in ATTRIBUTES.items()
        for code in tree.xpath(path)
        if code not in codes(name)
    ]
