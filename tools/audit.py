"""`make audit`: which weaknesses are known of what the tracker runs with.

pip-audit asks the index of packages for each version in requirements.txt. A known weakness ends it
with 1, and so does a pip-audit that fails of itself. Where nobody can be asked it says so loudly
and ends with 0: a change is not wrong because a machine is without network.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
LONGEST = 300  # seconds for all of them
UNREACHABLE = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ServiceError", "HTTPError")
COMMAND = [
    *(sys.executable, "-m", "pip_audit", "--requirement", str(REQUIREMENTS)),
    *("--require-hashes", "--disable-pip", "--progress-spinner", "off"),
    *("--format", "json", "--timeout", "15"),
]


@dataclass(frozen=True)
class Verdict:
    """What is told, and the exit code."""

    lines: list[str]
    code: int


def judged(output: str, errors: str) -> Verdict:
    """The verdict over what pip-audit wrote to standard output and to standard error."""
    try:
        dependencies = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return _without_answer(errors)
    weak = [
        f"{one['name']} {one['version']}: {weakness['id']}, mended in {_mended(weakness)}"
        for one in dependencies
        for weakness in one.get("vulns", [])
    ]
    skipped = [one["name"] for one in dependencies if "skip_reason" in one]
    lines = _not_asked(len(skipped), len(dependencies), skipped) if skipped else []
    if weak:
        return Verdict([*lines, "KNOWN WEAKNESSES:", *weak, "Raise them: see CONTRIBUTING.md."], 1)
    asked = len(dependencies) - len(skipped)
    if asked:
        lines.append(f"No weakness is known of the {asked} packages that were asked for.")
    return Verdict(lines, 0)


def _mended(weakness: dict) -> str:
    return ", ".join(weakness.get("fix_versions", [])) or "no version yet"


def _not_asked(number: int, of: int, names: list[str]) -> list[str]:
    return [
        f"!!! NOT AUDITED: {number} of {of} packages. The index does not tell of their weaknesses:",
        f"!!! {', '.join(names)}",
        "!!! Run `make audit` where https://pypi.org/pypi/ can be reached.",
    ]


def _without_answer(errors: str) -> Verdict:
    last = (errors.strip().splitlines() or ["pip-audit said nothing"])[-1]
    if any(name in errors for name in UNREACHABLE):
        text = "!!! NOT AUDITED: nobody could be asked which weaknesses are known."
        cure = "!!! Run `make audit` where https://pypi.org/pypi/ can be reached."
        return Verdict([text, f"!!! {last}", cure], 0)
    return Verdict([f"pip-audit failed: {last}"], 1)


def main() -> int:
    """Ask, tell on standard error, and give the exit code."""
    try:
        done = subprocess.run(COMMAND, capture_output=True, text=True, timeout=LONGEST)
        verdict = judged(done.stdout, done.stderr)
    except subprocess.TimeoutExpired:
        verdict = judged("", f"ReadTimeout: no answer within {LONGEST} seconds")
    print(*verdict.lines, sep="\n", file=sys.stderr)
    return verdict.code


if __name__ == "__main__":
    sys.exit(main())
