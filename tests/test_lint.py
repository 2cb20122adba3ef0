"""`make lint` says everything that is wrong at once, and a commit can be checked by the same."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
CHECKS = re.search(r"^CHECKS := (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
TOOL = """#!/bin/sh
case "$*" in {failing}) echo "$* says no"; exit 1;; esac
echo "$* ran"
"""


@pytest.fixture
def lint(tmp_path):
    """Run `make lint` in a virtual environment of tools that only fail or pass."""

    def run(failing: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "bin").mkdir()
        for name in ("python", "lint-imports"):
            tool = tmp_path / "bin" / name
            tool.write_text(TOOL.format(failing=failing))
            tool.chmod(0o755)
        for name in ("made", "runtime", "dev"):
            (tmp_path / f"{name}.stamp").touch()
        return subprocess.run(
            ["make", "lint", f"VENV={tmp_path}"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if "MAKE" not in name},
            capture_output=True,
            text=True,
        )

    return run


def test_every_check_runs_and_the_failed_ones_are_named_at_the_end(lint):
    done = lint("*'ruff check'*|*mypy*")
    assert done.returncode != 0
    assert re.findall(r"^=== (\S+) ===$", done.stdout, re.M) == CHECKS
    assert "Failed: lint-style lint-types\n" in done.stderr


def test_nothing_is_said_to_have_failed_where_all_pass(lint):
    done = lint("nothing")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_commit_is_checked_by_what_make_lint_runs():
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [hook["entry"] for hook in repository["hooks"]] == [f"make {name}" for name in CHECKS]
    assert repository["repo"] == "local"
