"""Every write to the domain. One verb per change, atomic, with its record."""

from initiatives.actions.errors import Conflict, NeedsMissing, Refused
from initiatives.actions.initiatives import mark_checked, save
from initiatives.actions.publication import (
    erase_draft,
    publish,
    publishing_lacks,
    return_to_draft,
    submit_for_review,
    withdraw,
)
from initiatives.actions.recording import remove_record, set_links
from initiatives.actions.statuses import (
    approve_status,
    change_status,
    correct_status,
    facts_for,
    reject_status,
    request_status,
)

__all__ = [
    "Conflict",
    "NeedsMissing",
    "Refused",
    "approve_status",
    "change_status",
    "correct_status",
    "erase_draft",
    "facts_for",
    "mark_checked",
    "publish",
    "publishing_lacks",
    "reject_status",
    "remove_record",
    "request_status",
    "return_to_draft",
    "save",
    "set_links",
    "submit_for_review",
    "withdraw",
]
