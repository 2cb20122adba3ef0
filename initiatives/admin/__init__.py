"""The desk: Django's admin, in which every write goes through `actions`."""

from initiatives.admin import (
    desks,
    events,
    evidence,
    history,
    imports,
    initiatives,
    parts,
    reference,
    requests,
    statuses,
)

__all__ = [
    "desks",
    "events",
    "evidence",
    "history",
    "imports",
    "initiatives",
    "parts",
    "reference",
    "requests",
    "statuses",
]
