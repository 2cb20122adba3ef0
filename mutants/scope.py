"""What is mutated, and the tests that have to notice it.

These modules decide what is true, who may say so and what it adds up to. The tests of a module are
those made for it: a fault that only some distant page shows is found late, and by chance.
"""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

# Patterns of paths, each with the names of test modules without `tests/test_`; the first that
# matches counts.
TESTS = {
    "initiatives/lifecycle.py": "lifecycle",
    "initiatives/rules/*.py": "rules",
    "initiatives/rights/*.py": "rights rights_of_others rights_of_roles",
    "initiatives/actions/approval_gate.py": "approval_gate",
    "initiatives/actions/requests.py": "reverts refused_reverts reverts_that_wait decided_requests",
    "initiatives/fields/money.py": "fields amounts",
    "initiatives/totals.py": "totals",
    "initiatives/partial_dates.py": "partial_dates",
    "initiatives/editions/chain.py": "editions",
    "initiatives/editions/access.py": "edition_access",
    "initiatives/editions/index/validity.py": "index index_following",
    "initiatives/editions/index/flags.py": "index_parts index",
    "initiatives/editions/index/money.py": "index_parts index",
    "initiatives/editions/index/years.py": "index filters",
    "initiatives/editions/index/selection.py": "index",
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
