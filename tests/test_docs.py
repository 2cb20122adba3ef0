"""The documents say what is true: commands exist, links lead somewhere, settings are all listed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)\)")
TARGET = re.compile(r"`make(?: ([a-z-]+))?|^ {4}make ([a-z-]+)", re.MULTILINE)
CODE = re.compile(
    r"`((?:initiatives|tracker|tests|docs|deploy|locale|fixtures|benchmarks)/[^`\s]*)`"
)
VARIABLE = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")

pytestmark = pytest.mark.once


def names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("name", names(DOCUMENTS))
def test_links_lead_to_files_that_exist(name):
    document = ROOT / name
    local = [link for link in LINK.findall(document.read_text()) if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("name", names(DOCUMENTS))
def test_commands_are_targets_of_the_makefile(name):
    makefile = (ROOT / "Makefile").read_text()
    used = {first or second for first, second in TARGET.findall((ROOT / name).read_text())}
    assert [one for one in used if one and not re.search(rf"^{one}:", makefile, re.M)] == []


@pytest.mark.parametrize("name", names(DOCUMENTS))
def test_paths_in_the_text_exist(name):
    paths = CODE.findall((ROOT / name).read_text())
    real = [path for path in paths if not re.search(r"[*…<>]|xx", path)]
    assert [path for path in real if not (ROOT / path).exists()] == []


def test_every_setting_is_in_the_readme_and_no_other():
    asked = set(VARIABLE.findall((ROOT / "tracker/settings.py").read_text()))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.M))
    assert asked == listed


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_dependency_is_pinned_and_has_a_reason():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        loose = [line for line in lines if line and line[0] not in "#-" and "==" not in line]
        assert loose == []
