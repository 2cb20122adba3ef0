"""docs/asvs.md judges each requirement of ASVS once, and what it names is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/asvs.md"
ROW = re.compile(r"^\| (V[\d.]+) \| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ASKED = [line.split() for line in (ROOT / "tests/data/asvs-5.0.0.txt").read_text().splitlines()[1:]]
FILE = re.compile(r"`([\w.-]+(?:/[\w.-]+)*\.(?:py|md|js|txt|toml|html))(?:::(test_\w+))?`")
MET, NOT_APPLICABLE, NOT_MET = "met", "not applicable", "not met"

pytestmark = pytest.mark.once


def rows():
    return ROW.findall(DOCUMENT.read_text())


def test_each_requirement_stands_there_once_with_its_level():
    assert len(ASKED) == 253
    assert [[number, level] for number, level, *_ in rows()] == ASKED
    lines = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| V")]
    assert len(lines) == len(ASKED)


def test_each_has_one_of_three_verdicts():
    counted = Counter(verdict for *_, verdict, _where in rows())
    assert set(counted) == {MET, NOT_APPLICABLE, NOT_MET}


def test_the_sums_at_the_head_are_those_of_the_table():
    counted = Counter(verdict for *_, verdict, _where in rows())
    head = (
        f"{counted[MET]} are met, {counted[NOT_APPLICABLE]} do not apply, "
        f"and {counted[NOT_MET]} are not met"
    )
    assert head in DOCUMENT.read_text()


def test_each_file_and_each_test_that_is_named_exists():
    named = FILE.findall(DOCUMENT.read_text())
    assert len(named) > 100
    assert [name for name, _test in named if not (ROOT / name).is_file()] == []
    tests = [(name, test) for name, test in named if test]
    missing = [t for name, t in tests if f"def {t}(" not in (ROOT / name).read_text()]
    assert missing == []
