"""`make audit` fails for a known weakness and not for want of network; `make sbom` names all."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.audit import COMMAND, judged

ROOT = Path(__file__).resolve().parent.parent
CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK = {
    "name": "lxml",
    "version": "6.1.3",
    "vulns": [{"id": "CVE-2026-0001", "fix_versions": ["6.1.4"]}],
}
SKIPPED = {"name": "numpy", "skip_reason": "Dependency not found on PyPI"}

pytestmark = pytest.mark.once


def told(*dependencies, errors=""):
    return judged(json.dumps({"dependencies": dependencies, "fixes": []}), errors)


def test_what_is_clean_is_said_with_its_number():
    verdict = told(CLEAN)
    assert (verdict.code, verdict.lines[-1]) == (
        0,
        "No weakness is known of the 1 packages that were asked for.",
    )


def test_a_known_weakness_fails_with_its_number_and_cure():
    verdict = told(CLEAN, WEAK, SKIPPED)
    assert verdict.code == 1
    assert "lxml 6.1.3: CVE-2026-0001, mended in 6.1.4" in verdict.lines


def test_what_could_not_be_asked_is_loud_and_no_failure():
    verdict = told(CLEAN, SKIPPED)
    assert verdict.code == 0
    assert verdict.lines[0].startswith("!!! NOT AUDITED: 1 of 2 packages.")
    assert "!!! numpy" in verdict.lines
    assert "No weakness" not in "".join(told(SKIPPED).lines)


@pytest.mark.parametrize(
    "error", ["requests.exceptions.ConnectionError: no name", "ReadTimeout: 5"]
)
def test_without_network_it_is_loud_and_no_failure(error):
    verdict = judged("", f"Traceback:\n{error}\n")
    assert verdict.code == 0
    assert verdict.lines[:2] == [
        "!!! NOT AUDITED: nobody could be asked which weaknesses are known.",
        f"!!! {error}",
    ]


@pytest.mark.parametrize("output", ["", "[]", "{}", "half"])
def test_a_program_that_fails_of_itself_is_a_failure(output):
    assert judged(output, "SyntaxError: broken").code == 1


def test_its_options_are_those_of_the_program():
    known = subprocess.run([*COMMAND[:3], "--help"], capture_output=True, text=True, check=True)
    options = [word for word in COMMAND[3:] if word.startswith("--")]
    assert [word for word in options if word not in known.stdout] == []


def test_the_bill_of_materials_names_each_package_with_its_hashes(tmp_path):
    file = tmp_path / "sbom.json"
    recipe = re.search(r"^sbom:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.M)[1]
    words = " ".join(recipe.replace("\\\n", " ").split()).removeprefix("@$(BIN)/python ").split()
    words = [str(file) if word == "sbom.json" else word for word in words]
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)
    bill = json.loads(file.read_text())
    pinned = re.findall(
        r"^([a-z][\w.-]*)(?:\[\w+\])?==", (ROOT / "requirements.txt").read_text(), re.M
    )
    assert bill["bomFormat"] == "CycloneDX"
    assert sorted(one["name"] for one in bill["components"]) == sorted(pinned)
    assert all(one["externalReferences"][0]["hashes"] for one in bill["components"])


def test_ci_asks_and_each_install_demands_hashes():
    makefile = (ROOT / "Makefile").read_text()
    installs = [line for line in makefile.splitlines() if "$(PIP) install" in line]
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)
    assert re.search(r"^make --keep-going .*\baudit$", (ROOT / ".ci/run").read_text(), re.M)
