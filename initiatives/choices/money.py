"""Lines of money and budgets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
