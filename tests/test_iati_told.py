"""Whatever stands in an activity changes what is planned or what is told."""

import pytest
from lxml import etree

from initiatives.models import Country
from tests.iati import FOLDER
from tests.iati.returning import plan_of

pytestmark = pytest.mark.django_db
RICH = sorted((FOLDER / "activities").glob("*.xml"))


# What the standard takes for granted where it is not said.
GRANTED = {
    ("description", "type", "1"),
    ("budget", "type", "1"),
    ("budget", "status", "1"),
    ("sector", "vocabulary", "1"),
}


def seen(tree):
    """All that an officer would see and all that would be done."""
    plan = plan_of(etree.tostring(tree))
    return [
        (row.key, row.action, row.texts, row.edits, row.makes, row.move, row.above, row.notes)
        for row in plan.rows()
    ]


def without(path):
    """The file of `path`, each time without one element or attribute, with the name of that."""
    number = sum(1 for _one in _places(etree.parse(path).getroot()))
    for place in range(number):
        tree = etree.parse(path).getroot()
        element, name = list(_places(tree))[place]
        label = f"{etree.ElementTree(tree).getpath(element)}/@{name}"
        if name:
            del element.attrib[name]
        else:
            element.getparent().remove(element)
        yield label, tree


def _places(tree):
    for activity in tree.iterchildren("iati-activity"):
        for element in activity.iter(etree.Element):
            if element is not activity:
                yield element, ""
            for name, value in element.attrib.items():
                if (element.tag, name, value) not in GRANTED:
                    yield element, name


@pytest.mark.once
@pytest.mark.parametrize("path", RICH, ids=[path.stem for path in RICH])
def test_no_element_and_no_attribute_can_go_without_a_difference(path):
    before = seen(etree.parse(path).getroot())
    assert Country.objects.count() == 0
    silent = [label for label, tree in without(path) if seen(tree) == before]
    print(silent)
    assert silent == []
