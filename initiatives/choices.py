"""The closed vocabularies of the model.

Where the field has a standard list the codes are that list's: IATI 2.03 OrganisationRole,
ISO 4217 and ISO 3166 elsewhere. The words that people read are translated labels.
"""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    GOVERNMENT = "government", _("Government body")
    MULTILATERAL = "multilateral", _("Multilateral organisation")
    BANK = "bank", _("Bank")
    COMPANY = "company", _("Company")
    ACADEMIC = "academic", _("University or research body")
    NGO = "ngo", _("Non-governmental organisation")


class Kind(TextChoices):
    """What an initiative is."""

    AGREEMENT = "agreement", _("Agreement")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    INVESTMENT = "investment", _("Investment")
    BANK_FINANCED = "bank_financed", _("Bank-financed project")
    PROGRAMME = "programme", _("Programme")
    EDUCATION = "education", pgettext_lazy("kind of initiative", "Education")
    TRADE_MEASURE = "trade_measure", _("Trade measure")
    INSTITUTION = "institution", _("Institution")
    DIALOGUE = "dialogue", _("Dialogue")
    OTHER = "other", pgettext_lazy("kind of initiative", "Other")


class Stated(TextChoices):
    """What the sources of an initiative may leave open, so that the desk can say that they do."""

    EVENTS = "events", _("Events")
    MONEY = "money", _("Money")
    MILESTONES = "milestones", _("Milestones")
    ORGANISATIONS = "organisations", _("Organisations")
    PLANNED_START = "planned_start", _("Planned start")
    ACTUAL_START = "actual_start", _("Actual start")
    PLANNED_END = "planned_end", _("Planned end")
    ACTUAL_END = "actual_end", _("Actual end")


class Publication(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EventPublication(TextChoices):
    """Whether an event is public by itself; one that a published initiative names always is."""

    DRAFT = "draft", pgettext_lazy("event", "Draft")
    PUBLISHED = "published", pgettext_lazy("event", "Published")


class CountryRole(TextChoices):
    PARTY = "party", _("Party")
    LEAD = "lead", _("Lead")
    HOST = "host", _("Host")
    FINANCIER = "financier", _("Financier")
    BENEFICIARY = "beneficiary", _("Beneficiary")
    TRANSIT = "transit", _("Transit country")
    OBSERVER = "observer", _("Observer")


# What each role counts for, everywhere: who agreed to it with each other, and who has a part in it.
# An observer looks on: named as such, and in no count, filter, pair or sum of money (ADR 18).
PARTY_ROLES = (CountryRole.PARTY, CountryRole.LEAD)
PARTICIPANT_ROLES = tuple(role for role in CountryRole if role is not CountryRole.OBSERVER)


class OrganisationRole(TextChoices):
    """IATI 2.03 codelist OrganisationRole, and `signatory`, which that list lacks."""

    FUNDING = "1", _("Funding")
    ACCOUNTABLE = "2", _("Accountable")
    EXTENDING = "3", _("Extending")
    IMPLEMENTING = "4", _("Implementing")
    SIGNATORY = "signatory", _("Signatory")


class EventKind(TextChoices):
    NOT_STATED = "not_stated", pgettext_lazy("kind of event", "Kind not stated")
    SUMMIT = "summit", _("Summit")
    STATE_VISIT = "state_visit", _("State visit")
    COMMISSION = "commission_session", _("Commission session")
    WORKING_GROUP = "working_group", _("Working group")
    MINISTERIAL = "ministerial", _("Ministerial meeting")
    SIGNING = "signing", _("Signing")
    RATIFICATION = "ratification", _("Ratification")
    BANK_APPROVAL = "bank_approval", _("Bank approval")
    GROUND_BREAKING = "ground_breaking", _("Ground-breaking")
    COMMISSIONING = "commissioning", _("Commissioning")
    FORUM = "forum", _("Forum")
    CALL = "call", _("Call or talks")


class EventState(TextChoices):
    """`not_stated`: a source names the event, but not whether it came about or is to come."""

    NOT_STATED = "not_stated", pgettext_lazy("state of an event", "State not stated")
    PLANNED = "planned", pgettext_lazy("state of an event", "Planned")
    CONFIRMED = "confirmed", pgettext_lazy("state of an event", "Confirmed")
    HELD = "held", pgettext_lazy("state of an event", "Held")
    POSTPONED = "postponed", pgettext_lazy("state of an event", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("state of an event", "Cancelled")


class EventRelation(TextChoices):
    """What an event was for an initiative.

    `mentioned`: a source names the two together and says no more. It carries no status.
    """

    MENTIONED = "mentioned", _("Mentioned together")
    ANNOUNCED = "announced", _("Announced at")
    AGREED = "agreed", _("Agreed at")
    SIGNED = "signed", _("Signed at")
    REVIEWED = "reviewed", _("Reviewed at")
    DECIDED = "decided", _("Decided at")
    LAUNCHED = "launched", _("Launched at")
    COMPLETED = "completed", _("Completed at")


class FundingType(TextChoices):
    """`announced`: a source gives what something is worth, not who promised, owes or paid it."""

    ANNOUNCED = "announced", _("Announced value, kind not stated")
    PLEDGE = "pledge", _("Pledge")
    COMMITMENT = "commitment", _("Commitment")
    DISBURSEMENT = "disbursement", _("Disbursement")
    EXPENDITURE = "expenditure", _("Expenditure")
    REPAYMENT = "repayment", _("Repayment")
    CANCELLATION = "cancellation", _("Cancellation of a commitment")


class TransactionType(TextChoices):
    """IATI 2.03 codelist TransactionType, which tells more kinds apart than FundingType."""

    INCOMING_FUNDS = "1", _("Incoming funds")
    OUTGOING_COMMITMENT = "2", _("Outgoing commitment")
    DISBURSEMENT = "3", _("Disbursement")
    EXPENDITURE = "4", _("Expenditure")
    INTEREST_PAYMENT = "5", _("Interest payment")
    LOAN_REPAYMENT = "6", _("Loan repayment")
    REIMBURSEMENT = "7", _("Reimbursement")
    PURCHASE_OF_EQUITY = "8", _("Purchase of equity")
    SALE_OF_EQUITY = "9", _("Sale of equity")
    CREDIT_GUARANTEE = "10", _("Credit guarantee")
    INCOMING_COMMITMENT = "11", _("Incoming commitment")
    OUTGOING_PLEDGE = "12", _("Outgoing pledge")
    INCOMING_PLEDGE = "13", _("Incoming pledge")


class BudgetType(TextChoices):
    """IATI 2.03 codelist BudgetType."""

    ORIGINAL = "1", pgettext_lazy("budget", "Original")
    REVISED = "2", pgettext_lazy("budget", "Revised")


class BudgetStatus(TextChoices):
    """IATI 2.03 codelist BudgetStatus."""

    INDICATIVE = "1", pgettext_lazy("budget", "Indicative")
    COMMITTED = "2", pgettext_lazy("budget", "Committed")


class Instrument(TextChoices):
    GRANT = "grant", _("Grant")
    CONCESSIONAL_LOAN = "concessional_loan", _("Concessional loan")
    LOAN = "loan", _("Loan")
    EQUITY = "equity", _("Equity")
    GUARANTEE = "guarantee", _("Guarantee")
    STATE_BUDGET = "state_budget", _("State budget")
    IN_KIND = "in_kind", _("In kind")
    UNKNOWN = "unknown", _("Not stated")


class AmountKind(TextChoices):
    EXACT = "exact", pgettext_lazy("amount", "Exact")
    ABOUT = "about", pgettext_lazy("amount", "About")
    UP_TO = "up_to", pgettext_lazy("amount", "Up to")
    RANGE = "range", pgettext_lazy("amount", "Range")
    UNDISCLOSED = "undisclosed", pgettext_lazy("amount", "Undisclosed")


class SourceKind(TextChoices):
    TREATY = "treaty", _("Treaty")
    OFFICIAL = "official", _("Official statement")
    PROTOCOL = "protocol", _("Protocol")
    BANK = "bank", _("Bank document")
    COMPANY = "company", _("Company statement")
    MEDIA = "media", _("Media")
    LETTER = "letter", _("Letter")


class Language(TextChoices):
    """Languages of the content; a source may be in others, see `Source.language`."""

    ENGLISH = "en", _("English")
    RUSSIAN = "ru", _("Russian")
    UZBEK = "uz", _("Uzbek")
    KAZAKH = "kk", _("Kazakh")


class DeskRole(IntegerChoices):
    """Rights on a desk; each includes the ones before it."""

    VIEWER = 1, _("Viewer")
    EDITOR = 2, _("Editor")
    REVIEWER = 3, _("Reviewer")
    PUBLISHER = 4, _("Publisher")


class Origin(TextChoices):
    """Where a status record comes from: only an import may leave its effective date open."""

    DESK = "desk", _("Desk")
    IMPORT = "import", _("Import")


class RequestState(TextChoices):
    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


class RequestKind(TextChoices):
    """What a change request asks for."""

    EDIT = "edit", _("Edit")
    PUBLICATION = "publication", pgettext_lazy("change request", "Publication")


class ImportState(TextChoices):
    PREVIEWED = "previewed", _("Previewed")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")


class RowAction(TextChoices):
    CREATE = "create", _("Create")
    UPDATE = "update", _("Update")
    UNCHANGED = "unchanged", _("Unchanged")
    CONFLICT = "conflict", _("Conflict")
    ERROR = "error", _("Error")


class RowOutcome(TextChoices):
    """What became of a row of an import when it was applied or undone."""

    DONE = "done", _("Done")
    WAITING = "waiting", _("Waits for a second person")
    SKIPPED = "skipped", _("Left out")
    REFUSED = "refused", _("Refused")
    UNDONE = "undone", pgettext_lazy("row of an import", "Undone")
    LEFT = "left", _("Not undone")


class ChangeAction(TextChoices):
    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    DELETED = "deleted", _("Deleted")


class TextEncoding(TextChoices):
    """In what a text file may be: Python's codec, and the name that people know it by."""

    UTF_8 = "utf-8-sig", "UTF-8"
    UTF_16 = "utf-16", "UTF-16"
    WINDOWS_1251 = "cp1251", "Windows-1251"
    WINDOWS_1252 = "cp1252", "Windows-1252"
    WINDOWS_1254 = "cp1254", "Windows-1254"
    KOI8_R = "koi8_r", "KOI8-R"
    CP866 = "cp866", "CP866"
    ISO_8859_5 = "iso8859_5", "ISO-8859-5"
    MAC_CYRILLIC = "mac_cyrillic", "Mac-Cyrillic"


class EditionKind(TextChoices):
    """What has editions in the public register."""

    INITIATIVE = "initiative", _("Initiative")
    EVENT = "event", _("Event")


class EditionState(TextChoices):
    PUBLISHED = "published", pgettext_lazy("edition", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("edition", "Withdrawn")


class EditionCause(TextChoices):
    """What made the public record another one; editions of one cause are written together."""

    FIRST = "first", _("The register begins")
    EDIT = "edit", _("Edited by the desk")
    STATUS = "status", _("The status changed")
    PUBLICATION = "publication", pgettext_lazy("cause of an edition", "Published")
    WITHDRAWAL = "withdrawal", pgettext_lazy("cause of an edition", "Withdrawn")
    IMPORT = "import", _("Imported")
    RELATED = "related", _("A source or event that it names changed")
