"""Everything that is wrong with a file of activities, in words; an empty list is a valid file."""

from functools import cache

from lxml import etree

from tests.iati import FOLDER
from tests.iati.codelists import wrong_codes
from tests.iati.ruleset import broken_rules


@cache
def schema():
    return etree.XMLSchema(file=str(FOLDER / "schemas-2.03" / "iati-activities-schema.xsd"))


def problems(content: bytes, *, severities=("error", "warning")) -> list[str]:
    tree = etree.fromstring(content).getroottree()
    wrong = [] if schema().validate(tree) else [str(e) for e in schema().error_log]
    return [*wrong, *wrong_codes(tree), *broken_rules(tree, severities)]
