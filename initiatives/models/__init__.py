"""The nouns of the tracker, with their constraints and the questions asked of them."""

from initiatives.models.account_events import AccountEvent
from initiatives.models.activities import Classification, ExternalText
from initiatives.models.budgets import Budget
from initiatives.models.change_sets import ChangeSet
from initiatives.models.changes import Change
from initiatives.models.desk_rows import DeskRow
from initiatives.models.desks import Desk, DeskMember
from initiatives.models.documents import DocumentRemoval, EditionFile
from initiatives.models.editions import Edition, ReviewCheck
from initiatives.models.error_reports import ErrorReport
from initiatives.models.events import Event, InitiativeEvent
from initiatives.models.evidence import Citation, ExternalId, Source
from initiatives.models.imports import ImportBatch, ImportRow
from initiatives.models.initiatives import CodeCounter, Initiative
from initiatives.models.mail_subscriptions import MailSubscription
from initiatives.models.milestones import DateRevision, Milestone
from initiatives.models.money import Funding
from initiatives.models.participants import (
    InitiativeCountry,
    InitiativeOrganisation,
    InitiativeSector,
)
from initiatives.models.passkeys import Passkey
from initiatives.models.presence import Presence
from initiatives.models.record import AppendOnlyError
from initiatives.models.recovery_codes import RecoveryCode
from initiatives.models.reference import Country, Organisation, Sector
from initiatives.models.requests import ChangeRequest, RequestMail
from initiatives.models.saved_filters import SavedFilter
from initiatives.models.search import DeskDocument, DeskTerm, SearchDocument, SearchTerm
from initiatives.models.source_checks import SourceCheck
from initiatives.models.statuses import StatusChange

__all__ = [
    "AccountEvent",
    "AppendOnlyError",
    "Budget",
    "Change",
    "ChangeRequest",
    "ChangeSet",
    "Citation",
    "Classification",
    "CodeCounter",
    "Country",
    "DateRevision",
    "Desk",
    "DeskDocument",
    "DeskMember",
    "DeskRow",
    "DeskTerm",
    "DocumentRemoval",
    "Edition",
    "EditionFile",
    "ErrorReport",
    "Event",
    "ExternalId",
    "ExternalText",
    "Funding",
    "ImportBatch",
    "ImportRow",
    "Initiative",
    "InitiativeCountry",
    "InitiativeEvent",
    "InitiativeOrganisation",
    "InitiativeSector",
    "MailSubscription",
    "Milestone",
    "Organisation",
    "Passkey",
    "Presence",
    "RecoveryCode",
    "RequestMail",
    "ReviewCheck",
    "SavedFilter",
    "SearchDocument",
    "SearchTerm",
    "Sector",
    "Source",
    "SourceCheck",
    "StatusChange",
]
