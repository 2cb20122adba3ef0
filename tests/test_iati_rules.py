"""The check itself: it finds nothing in the standard's own example and finds what is spoilt."""

import pytest

from tests.iati import FOLDER
from tests.iati.check import problems
from tests.iati.ruleset import KINDS, _rules

pytestmark = pytest.mark.once
VALID = b"""<iati-activities version="2.03"><iati-activity xml:lang="en"
    last-updated-datetime="2024-01-01T00:00:00Z">
  <iati-identifier>XM-1-A</iati-identifier>
  <reporting-org ref="XM-1" type="10"><narrative>M</narrative></reporting-org>
  <title><narrative>T</narrative></title><description><narrative>D</narrative></description>
  <participating-org role="1"><narrative>P</narrative></participating-org>
  <activity-status code="2"/><activity-date type="1" iso-date="2024-01-01"/>
  <recipient-country code="UZ" percentage="40"/><recipient-country code="KZ" percentage="60"/>
  <sector vocabulary="1" code="11110"/></iati-activity></iati-activities>"""


def kinds_in(rules):
    for kind, body in rules.items():
        yield kind
        for case in body["cases"]:
            yield from kinds_in(case.get("do", {}))


def test_every_kind_of_rule_that_activities_meet_is_known():
    asked = {
        kind
        for name, rules in _rules().items()
        if "organisation[" not in name and "iati-organisations" not in name
        for kind in kinds_in(rules)
    }
    assert asked - {"loop"} <= set(KINDS)


def test_what_is_valid_has_no_problems():
    assert problems(VALID) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'type="1" iso', b'type="3" iso', "6.11.1"),
        (b'percentage="60"', b'percentage="50"', "3.1.2"),
        (b' percentage="60"', b"", "3.1.1"),
        (b">XM-1-A<", b">OTHER<", "1.1.21"),
        (b">XM-1-A<", b">XM-1-A/B<", "1.3.13"),
        (b">XM-1-A<", b">XM-1-A <", "1.3.1"),
        (b'"2024-01-01T00', b'"2999-01-01T00', "11.1.1"),
        (b' xml:lang="en"', b"", "4.1.1"),
        (b'vocabulary="1" code="11110"', b'vocabulary="99" code="x"', "2.2.1"),
        (b'code="11110"', b'code="11111"', "not in Sector"),
        (b'code="2"', b'code="7"', "not in ActivityStatus"),
        (b"<title><narrative>T</narrative></title>", b"", "not expected"),
    ],
)
def test_what_is_spoilt_is_found(old, new, said):
    assert old in VALID
    assert said in " ".join(problems(VALID.replace(old, new)))


def test_real_activities_agree_with_the_schema():
    from lxml import etree

    from tests.iati.check import schema

    assert schema().validate(etree.parse(FOLDER / "activity-standard-example-annotated.xml"))
