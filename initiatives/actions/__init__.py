"""Every write to the domain. One verb per change, atomic, with its record."""

from initiatives.actions import imports
from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.actions.approvals.request_parts import RequestPart, approve_parts, parts_of
from initiatives.actions.approvals.requests import (
    approve_request,
    ask_again,
    check_revertible,
    is_taken_back,
    reject_request,
    request_edits,
    revert,
)
from initiatives.actions.bulk import Effect, Outcome, for_each
from initiatives.actions.change_sets import (
    change_set_of,
    decide_together,
    for_each_jointly,
    requests_of,
    undo_statuses,
)
from initiatives.actions.citing import cite
from initiatives.actions.documents import (
    KeptDocument,
    check_kept,
    give_document,
    keep_document,
    take_down_document,
)
from initiatives.actions.errors import Conflict, NeedsMissing, Refused
from initiatives.actions.histories import history_of
from initiatives.actions.initiatives import mark_checked, save
from initiatives.actions.publication import (
    erase_draft,
    publish,
    publishing_lacks,
    return_to_draft,
    submit_for_review,
    withdraw,
)
from initiatives.actions.recording import listening, noting, remove_record, set_links
from initiatives.actions.sectors import set_main_sector
from initiatives.actions.sessions import Point, PointsRefused, Session, enter_session, undo_session
from initiatives.actions.source_checks import (
    accept_archived_copy,
    accept_new_address,
    keep_address,
    note_answer,
    note_archived_copy,
)
from initiatives.actions.status_parts import MilestoneEnd, enter_status
from initiatives.actions.statuses import (
    change_status,
    correct_status,
    facts_for,
)

__all__ = [
    "ApprovalGate",
    "Conflict",
    "Effect",
    "KeptDocument",
    "MilestoneEnd",
    "NeedsMissing",
    "Outcome",
    "Point",
    "PointsRefused",
    "Refused",
    "RequestPart",
    "Session",
    "accept_archived_copy",
    "accept_new_address",
    "approve_parts",
    "approve_request",
    "ask_again",
    "change_set_of",
    "change_status",
    "check_kept",
    "check_revertible",
    "cite",
    "correct_status",
    "decide_together",
    "enter_session",
    "enter_status",
    "erase_draft",
    "facts_for",
    "for_each",
    "for_each_jointly",
    "give_document",
    "history_of",
    "imports",
    "is_taken_back",
    "keep_address",
    "keep_document",
    "listening",
    "mark_checked",
    "note_answer",
    "note_archived_copy",
    "noting",
    "parts_of",
    "publish",
    "publishing_lacks",
    "reject_request",
    "remove_record",
    "request_edits",
    "requests_of",
    "return_to_draft",
    "revert",
    "save",
    "set_links",
    "set_main_sector",
    "submit_for_review",
    "take_down_document",
    "undo_session",
    "undo_statuses",
    "withdraw",
]
