"""docs/licences.md names each file that is no source code of ours, with what it may be used for."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOOKED_AT = "static initiatives tracker fixtures demo locale/upstream tests tools templates docs"
# What the project writes itself; under `vendor` nothing is.
OUR_CODE = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt"}
MADE = {".pyc", ".mo"}
VENDORED = "static/vendor/"

pytestmark = pytest.mark.once


def files():
    """Each file that must be named, by its path in the project."""
    found = (path for folder in LOOKED_AT.split() for path in (ROOT / folder).rglob("*"))
    names = {str(path.relative_to(ROOT)): path.suffix for path in found if path.is_file()}
    return sorted(
        name
        for name, suffix in names.items()
        if suffix not in MADE and (suffix not in OUR_CODE or name.startswith(VENDORED))
    )


def named(heading="## Of others"):
    """{path: the other cells of its row} of the tables from `heading` on."""
    text = (ROOT / "docs/licences.md").read_text().partition(heading)[2]
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", text, re.MULTILINE)
    return {path: cells.split(" | ") for path, cells in rows}


def is_named(name, paths):
    return any(name == path or (path.endswith("/") and name.startswith(path)) for path in paths)


def test_each_file_that_is_no_code_of_ours_is_named():
    own_words = {"static/vendor/README.md"}
    assert [name for name in files() if not is_named(name, named())] == sorted(own_words)


def test_each_path_that_is_named_exists():
    assert [path for path in named() if not (ROOT / path).exists()] == []


def test_each_file_of_others_has_a_version_a_licence_and_where_its_text_is():
    ours = named("## Of this project")
    others = {path: cells for path, cells in named().items() if path not in ours}
    assert len(others) > 10
    assert [path for path, cells in others.items() if len(cells) != 4 or not all(cells)] == []


def test_a_file_that_was_slipped_in_would_be_found():
    assert not is_named("static/fonts/new.woff2", named())
    assert not is_named("static/vendor/other/other.js", named())
