"""The closed vocabularies of the model.

Where the field has a standard list the codes are that list's: IATI 2.03 OrganisationRole,
ISO 4217 and ISO 3166 elsewhere. The words that people read are translated labels.
"""

from initiatives.choices.accounts import AccountAct
from initiatives.choices.desk import (
    ChangeAction,
    ChangeSetKind,
    DeskRole,
    Origin,
    RequestKind,
    RequestState,
)
from initiatives.choices.documents import AddressState, DocumentType
from initiatives.choices.editions import EditionCause, EditionKind, EditionState
from initiatives.choices.events import EventKind, EventPublication, EventRelation, EventState
from initiatives.choices.imports import ImportState, RowAction, RowOutcome
from initiatives.choices.initiatives import (
    NOT_SAID,
    Delivered,
    Direction,
    Kind,
    Publication,
    Stated,
)
from initiatives.choices.money import (
    AmountKind,
    BudgetStatus,
    BudgetType,
    FundingType,
    Instrument,
    TransactionType,
)
from initiatives.choices.participants import (
    PARTICIPANT_ROLES,
    PARTY_ROLES,
    CountryRole,
    OrganisationKind,
    OrganisationRole,
)
from initiatives.choices.readers import Rhythm
from initiatives.choices.standings import MONTHS_SHOWN, YEAR_UNKNOWN, Late, Moved, Standing
from initiatives.choices.texts import IN_LANGUAGE, Language, SourceKind, TextEncoding

__all__ = [
    "IN_LANGUAGE",
    "MONTHS_SHOWN",
    "NOT_SAID",
    "PARTICIPANT_ROLES",
    "PARTY_ROLES",
    "YEAR_UNKNOWN",
    "AccountAct",
    "AddressState",
    "AmountKind",
    "BudgetStatus",
    "BudgetType",
    "ChangeAction",
    "ChangeSetKind",
    "CountryRole",
    "Delivered",
    "DeskRole",
    "Direction",
    "DocumentType",
    "EditionCause",
    "EditionKind",
    "EditionState",
    "EventKind",
    "EventPublication",
    "EventRelation",
    "EventState",
    "FundingType",
    "ImportState",
    "Instrument",
    "Kind",
    "Language",
    "Late",
    "Moved",
    "OrganisationKind",
    "OrganisationRole",
    "Origin",
    "Publication",
    "RequestKind",
    "RequestState",
    "Rhythm",
    "RowAction",
    "RowOutcome",
    "SourceKind",
    "Standing",
    "Stated",
    "TextEncoding",
    "TransactionType",
]
