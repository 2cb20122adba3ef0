"""The desk: Django's admin, in which every write goes through `actions`."""

from initiatives.admin import (
    accounts,
    desks,
    events,
    evidence,
    history,
    imports,
    initiatives,
    parts,
    reference,
    requests,
)

__all__ = [
    "accounts",
    "desks",
    "events",
    "evidence",
    "history",
    "imports",
    "initiatives",
    "parts",
    "reference",
    "requests",
]
