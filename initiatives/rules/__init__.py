"""The flags: what is late, neglected, contradictory or incomplete in the record of an initiative.

Pure rules for the desk's tasks, the public note and the formats alike. `models/flags.py` says the
same once more for queries, and a test holds the two together. A flag never changes a status.
"""

from initiatives.rules.checks import (
    AT_LEAST,
    AT_MOST,
    DUE_SOON_DAYS,
    STALLED_DAYS,
    Facts,
    findings,
    flags,
    lasting_flags,
)
from initiatives.rules.words import EXPLANATIONS, Finding, Flag, Reason

__all__ = [
    "AT_LEAST",
    "AT_MOST",
    "DUE_SOON_DAYS",
    "EXPLANATIONS",
    "STALLED_DAYS",
    "Facts",
    "Finding",
    "Flag",
    "Reason",
    "findings",
    "flags",
    "lasting_flags",
]
