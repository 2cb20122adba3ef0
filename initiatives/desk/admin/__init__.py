"""The desk: Django's admin, in which every write goes through `actions`."""

from initiatives.desk.admin import (
    account_events,
    accounts,
    change_sets,
    desks,
    error_reports,
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
    "account_events",
    "accounts",
    "change_sets",
    "desks",
    "error_reports",
    "events",
    "evidence",
    "history",
    "imports",
    "initiatives",
    "parts",
    "reference",
    "requests",
]
