"""The boxes of a filter, which are written without a template."""

import pytest
from lxml import html

from initiatives.public.facets import Option
from initiatives.templatetags.options import options_of

pytestmark = pytest.mark.once


def test_an_option_is_a_box_with_its_name_and_number():
    told = options_of("sector", [Option("energy", "Energy", 1234, False)])
    (box,) = html.fragment_fromstring(f"<ul>{told}</ul>").xpath("//input")
    assert dict(box.attrib) == {
        "type": "checkbox",
        "id": "choose-sector-energy",
        "name": "sector",
        "value": "energy",
    }
    (number,) = html.fragment_fromstring(f"<ul>{told}</ul>").find_class("option-count")
    assert (number.text, number.get("data-count")) == ("1234", "1234")


def test_words_of_an_option_are_never_markup():
    told = options_of("q", [Option('"><b>', "<i>Oil</i> & gas", 1, True, whole="energy")])
    (line,) = html.fragment_fromstring(f"<ul>{told}</ul>")
    (box,) = line.xpath(".//input")
    assert line.get("class") == "option-part"
    assert (box.get("value"), "checked" in box.attrib) == ('"><b>', True)
    assert line.find_class("option-label")[0].text == "<i>Oil</i> & gas"
