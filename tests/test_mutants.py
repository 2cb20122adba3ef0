"""Mutants are what their operators say, are tried in a copy, and survive where no test fails."""

import ast
import shutil
from pathlib import Path

import pytest

from mutants import trials
from mutants.__main__ import ROOT, main
from mutants.jobs import KILLED, SURVIVES, TO_BE_IMPORTED, TOO_LONG
from mutants.operators import mutants_of
from mutants.reached import Reached, unwatched
from mutants.scope import TESTS, modules, narrow_tests
from mutants.trials import BaselineFails, Tree

pytestmark = pytest.mark.once


def changes(source):
    return {mutant.applied(source) for mutant in mutants_of(source)}


@pytest.mark.parametrize(
    ("source", "others"),
    [
        ("a < b", ["(a <= b)", "pass"]),
        ("x = a is b not in c", ["x = (a is not b not in c)", "x = (a is b in c)"]),
        ("x = a and b", ["x = (a or b)"]),
        ("x = not a", ["x = (a)"]),
        ("x = ~a | b", ["x = (a) | b", "x = (~a & b)"]),
        ("x = 7", ["x = (8)", "x = (6)"]),
        ("x = True", ["x = (False)"]),
        ("x = 'a' 'b'", []),
        ("x = f'{1}'", []),
        ("x = a(b, c=d, **e)", ["x = (a(b, **e))"]),
        ("a(b)", ["pass"]),
        ("a.b = c", ["pass"]),
        ("a += c", ["pass"]),
        ("raise a", ["pass"]),
        ("def a():\n    return b", ["def a():\n    return None"]),
        ("def a():\n    return", []),
        ("'''Text.'''", []),
        ("@a(b=1)\ndef c(d: 1 | 2 = 'e') -> 3: ...", []),
        ("x: int | None = a - b", ["x: int | None = (a + b)"]),
        ("x = 'ы', a > b", ["x = 'ы', (a >= b)"]),
    ],
)
def test_each_operator_makes_its_change_and_no_other(source, others):
    assert changes(source) == set(others)


def test_an_expression_of_many_lines_is_changed_as_one():
    source = "x = (\n    a\n    # why\n    and b\n)\ny = 1\n"
    (mutant,) = [one for one in mutants_of(source) if one.line == 2]
    assert mutant.applied(source) == "x = (\n    (a or b\n\n)\n)\ny = 1\n"
    assert mutant.change == "a and b → a or b"


def test_all_mutants_of_the_scope_are_modules_and_no_two_are_the_same():
    for module in modules(ROOT):
        source = (ROOT / module).read_text()
        made = mutants_of(source)
        texts = [mutant.applied(source) for mutant in made]
        assert source not in texts
        assert len(set(texts)) == len(texts)
        for text in texts[:20]:
            ast.parse(text)


def test_the_scope_names_modules_and_tests_that_are_there():
    found = list(modules(ROOT))
    assert len(found) == len(set(found)) >= len(TESTS)
    for pattern in TESTS:
        assert list(ROOT.glob(pattern)), pattern
    for module in found:
        for tests in narrow_tests(module):
            assert (ROOT / tests).is_file(), tests


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A tree with a module and a test of half of it."""
    root = tmp_path / "project"
    monkeypatch.setattr(trials, "_SECONDS_MORE", 1)
    shutil.copytree(ROOT / "mutants", root / "mutants")
    (root / "pytest.ini").write_text("[pytest]\naddopts = -p no:django\n")
    (root / "one.py").write_text(
        "ADULT = 18\n\n\ndef is_adult(age):\n    return age >= ADULT\n\n\n"
        "def count(to):\n    while to:\n        to -= 1\n    return to\n"
    )
    (root / "test_one.py").write_text(
        "from one import count, is_adult\n\n\n"
        "def test_one():\n    assert is_adult(20)\n    assert not is_adult(3)\n"
        "    assert count(3) == 0\n"
    )
    return root


def survivors(root, place):
    """What a fork and what a process of its own lets survive."""
    tree, source = Tree(root, place), (root / "one.py").read_text()
    made = mutants_of(source)
    others = [mutant.applied(source) for mutant in made]
    took, *results = tree.results([("one.py", each) for each in others], ["test_one.py"])
    by_fork = {one.change for one, told in zip(made, results, strict=True) if told == SURVIVES}
    alone = {
        mutant.change
        for mutant, other, told in zip(made, others, results, strict=True)
        if told in (SURVIVES, TO_BE_IMPORTED)
        and tree.survives("one.py", other, ["test_one.py"], took=float(took))
    }
    return by_fork, alone, set(results)


def test_what_no_test_notices_survives_and_the_tree_stays_as_it_is(project, tmp_path):
    before = {file: file.read_bytes() for file in project.iterdir() if file.is_file()}
    by_fork, alone, results = survivors(project, tmp_path / "copy")
    assert by_fork == {"age >= ADULT → age > ADULT"}
    assert alone == {*by_fork, "18 → 19", "18 → 17"}
    assert results == {SURVIVES, KILLED, TOO_LONG, TO_BE_IMPORTED}
    assert {file: file.read_bytes() for file in before} == before
    assert (tmp_path / "copy/one.py").read_bytes() == before[project / "one.py"]


def test_tests_that_fail_by_themselves_say_nothing_of_mutants(project, tmp_path):
    (project / "test_one.py").write_text("def test_one():\n    assert False\n")
    with pytest.raises(BaselineFails, match="::test_one"):
        survivors(project, tmp_path / "copy")


def listed(capsys, *options):
    assert main(["--list", *options]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_sample_is_the_same_for_the_same_seed(capsys):
    one, again = (listed(capsys, "--sample", "30", "--seed", "5") for _ in range(2))
    assert len(one) == 30
    assert one == again != listed(capsys, "--sample", "30", "--seed", "6")


def test_a_sample_may_be_of_some_modules_alone(capsys):
    found = listed(capsys, "--only", "totals")
    assert found == listed(capsys, "--only", "totals", "--sample", "100000")
    assert {line.partition(":")[0] for line in found} == {"initiatives/totals.py"}
    assert 0 < len(listed(capsys, "--only", "totals.py:7")) < len(found)
    both = listed(capsys, "--only", "totals", "--only", "rights/public")
    assert len(both) == len(found) + len(listed(capsys, "--only", "rights/public"))


def test_the_scope_is_what_decides():
    named = {Path(module).parts[1].removesuffix(".py") for module in modules(ROOT)}
    assert {"lifecycle", "rules", "rights", "actions", "totals", "partial_dates"} <= named


def test_only_tests_that_reach_a_function_are_tried_on_it(tmp_path):
    file = tmp_path / "two.py"
    file.write_text("def one():\n    return 1\n\n\ndef two():\n    return [one() for _ in 'ab']\n")
    names: dict = {}
    exec(compile(file.read_text(), str(file), "exec"), names)
    one, two = names["one"], names["two"]
    reached = Reached([str(file)])
    with reached.by("first"):
        one()
        with unwatched():
            two()
    with reached.by("second"):
        two()
    assert reached.tests_of([one.__code__]) == {"first", "second"}
    assert reached.tests_of([two.__code__]) == {"second"}
    assert reached.tests_of([]) == reached.tests_of([main.__code__]) == set()
