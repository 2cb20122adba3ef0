"""What is mutated, and the tests that have to notice it.

These modules decide what is true, who may say so and what it adds up to. The tests of a module are
those made for it: a fault that only some distant page shows is found late, and by chance.
"""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

# Words without a database, and the parts of the index. What has the same tests shares a process.
_WORDS = "lifecycle lifecycle_facts rules rules_facts partial_dates partial_date_values money_field"
_INDEX = "edition_chain index_validity index_values index_money index_parts"
_STATUS_PAGE = "status_edits status_parts status_in_one_request status_rows status_refusals"
# Patterns of paths, each with the names of test modules without `tests/test_`; the first that
# matches counts.
TESTS = {
    "initiatives/lifecycle.py": _WORDS,
    "initiatives/rules/*.py": _WORDS,
    "initiatives/partial_dates.py": _WORDS,
    "initiatives/fields/money.py": _WORDS,
    "initiatives/totals.py": "totals",
    "initiatives/rights/*.py": (
        "rights rights_of_others rights_of_roles rights_limits rights_of_shared_rows"
    ),
    "initiatives/actions/approvals/approval_gate.py": (
        "approval_gate approval_gate_limits reverts_that_wait"
    ),
    "initiatives/actions/approvals/requests.py": (
        "decided_requests requests_for_a_status request_refusals refused_reverts reverts_that_wait"
        " reverts"
    ),
    "initiatives/actions/statuses.py": "status_rows status_refusals status_facts status_actions",
    "initiatives/actions/status_edits.py": _STATUS_PAGE,
    "initiatives/actions/status_parts.py": _STATUS_PAGE,
    "initiatives/editions/access.py": "edition_answers edition_access",
    "initiatives/editions/chain.py": _INDEX,
    "initiatives/editions/index/validity.py": _INDEX,
    "initiatives/editions/index/flags.py": _INDEX,
    "initiatives/editions/index/money.py": _INDEX,
    "initiatives/editions/index/years.py": _INDEX,
    "initiatives/editions/index/selection.py": _INDEX,
}


def modules(root: Path) -> Iterator[str]:
    """The paths of the modules in the scope, below `root`."""
    for pattern in TESTS:
        for file in sorted(root.glob(pattern)):
            module = file.relative_to(root).as_posix()
            if _pattern_of(module) == pattern:
                yield module


def narrow_tests(module: str) -> list[str]:
    """The paths of the tests of a module in the scope."""
    return [f"tests/test_{name}.py" for name in TESTS[_pattern_of(module)].split()]


def _pattern_of(module: str) -> str:
    return next(pattern for pattern in TESTS if fnmatch(module, pattern))
