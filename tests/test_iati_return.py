"""What others publish comes back from us as it was, except for what the preview had told."""

from collections import Counter

import pytest
from lxml import etree

from tests.iati import FOLDER
from tests.iati.check import problems
from tests.iati.facts import KINDS
from tests.iati.returning import exported, imported, notes_of, outcomes, plan_of

pytestmark = pytest.mark.django_db
RICH = sorted((FOLDER / "activities").glob("*.xml"))
REAL = FOLDER / "worldbank-el-salvador.xml"
NAMES = [path.stem for path in (*RICH, REAL)]


@pytest.mark.parametrize("path", [*RICH, REAL], ids=NAMES)
def test_nothing_of_an_activity_is_lost_in_silence(client, path):
    content = path.read_bytes()
    told = notes_of(imported(content))
    _file, ours = exported(client)
    total, lost = {kind: Counter() for kind in KINDS}, []
    for given in etree.fromstring(content).iterchildren("iati-activity"):
        identifier = given.findtext("iati-identifier").strip()
        counts, silent = outcomes(given, ours[identifier], told[identifier])
        lost += silent
        for kind, count in counts.items():
            total[kind] += count
    print(path.name, {kind: dict(count) for kind, count in total.items()})
    assert lost == []


@pytest.mark.parametrize("path", RICH, ids=NAMES[:-1])
def test_what_comes_back_has_no_fault_that_it_did_not_have(client, path):
    content = path.read_bytes()
    imported(content)
    assert set(problems(exported(client)[0])) - set(problems(content)) == set()


@pytest.mark.parametrize("path", [*RICH, REAL], ids=NAMES)
def test_a_second_import_of_the_same_file_changes_nothing(path):
    content = path.read_bytes()
    imported(content)
    plan = plan_of(content)
    changed = [(row.key, row.cells, row.edits) for row in plan.rows("update", "create", "error")]
    assert changed == []
