"""The documents say what is true: commands exist, links lead somewhere, settings are all listed."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tracker import __version__

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)\)")
TARGET = re.compile(r"`make(?: ([a-z-]+))?|^ {4}make ([a-z-]+)", re.MULTILINE)
CODE = re.compile(
    r"`((?:initiatives|tracker|tests|docs|deploy|locale|fixtures|benchmarks)/[^`\s]*)`"
)
MANAGE = re.compile(r"python manage\.py ([a-z_]+)([^`\n]*)")
REQUIREMENTS = ("requirements", "requirements-dev", "requirements-sentry", "requirements-bench")
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
def test_commands_of_manage_have_the_options_that_are_named(name):
    for command, rest in MANAGE.findall((ROOT / name).read_text()):
        assert command in get_commands(), command
        program = load_command_class(get_commands()[command], command)
        known = program.create_parser("manage.py", command)._option_string_actions
        assert set(re.findall(r"(?<= )--[a-z-]+", rest)) <= set(known), command


@pytest.mark.parametrize("name", names(DOCUMENTS))
def test_paths_in_the_text_exist(name):
    paths = CODE.findall((ROOT / name).read_text())
    real = [path for path in paths if not re.search(r"[*…<>]|xx", path)]
    assert [path for path in real if not (ROOT / path.partition("::")[0]).exists()] == []


def test_the_rooms_that_the_architecture_names_exist():
    """Its paths are those below the package or below the root."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    names = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*(?:/|/[a-z_]+\.py))`", text))
    assert len(names) > 50
    places = (ROOT / "initiatives", ROOT)
    assert [name for name in sorted(names) if not any((at / name).exists() for at in places)] == []


def test_every_setting_is_in_the_readme_and_no_other():
    asked = set(VARIABLE.findall((ROOT / "tracker/settings.py").read_text()))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.M))
    assert asked == listed


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def pins(text):
    """{name: version} of what stands at the beginning of a line."""
    found = re.findall(r"^([A-Za-z][\w.-]*)(?:\[\w+\])?==([^\s;\\]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name.lower()): version for name, version in found}


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_dependency_is_pinned_and_has_a_reason(name):
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    asked = [at for at, line in enumerate(lines) if line and line[0] not in "#-"]
    assert [lines[at] for at in asked if "==" not in lines[at]] == []
    assert [lines[at] for at in asked if not lines[at - 1].startswith("# ")] == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_what_is_installed_has_hashes_and_the_versions_that_were_asked_for(name):
    text = (ROOT / f"{name}.txt").read_text()
    entries = re.split(r"\n(?=[A-Za-z])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    asked = pins((ROOT / f"{name}.in").read_text())
    assert {one: pins(text).get(one) for one in asked} == asked
    assert "://" not in text


def test_the_tests_run_with_the_versions_that_the_tracker_runs_with():
    tracker, tests = (pins((ROOT / f"{name}.txt").read_text()) for name in REQUIREMENTS[:2])
    assert tracker.items() <= tests.items()


def test_the_version_is_that_of_the_newest_release_in_the_change_log():
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings.count("Unreleased") == 1
    releases = [one.split(", ") for one in headings if one != "Unreleased"]
    numbered = [
        (tuple(map(int, version.split("."))), date.fromisoformat(day)) for version, day in releases
    ]
    assert sorted(numbered) in (numbered, numbered[::-1])
    assert ".".join(map(str, max(numbered)[0])) == __version__
