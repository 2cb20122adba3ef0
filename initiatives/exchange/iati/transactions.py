"""Types of transactions and of finance in IATI, and what they are here, for both ways."""

from initiatives.choices import FundingType, Instrument, TransactionType
from initiatives.models import Funding

TYPES = {
    "1": FundingType.DISBURSEMENT,  # incoming funds
    "2": FundingType.COMMITMENT,
    "3": FundingType.DISBURSEMENT,
    "4": FundingType.EXPENDITURE,
    "5": FundingType.REPAYMENT,  # interest
    "6": FundingType.REPAYMENT,
    "7": FundingType.DISBURSEMENT,  # reimbursement
    "8": FundingType.DISBURSEMENT,  # purchase of equity
    "9": FundingType.REPAYMENT,  # sale of equity
    "10": FundingType.COMMITMENT,  # credit guarantee
    "11": FundingType.COMMITMENT,
    "12": FundingType.PLEDGE,
    "13": FundingType.PLEDGE,
}
NAMES = {member.value: member.name.replace("_", " ").capitalize() for member in TransactionType}
INCOMING = {"1", "11", "13"}
# What a type of ours is in IATI, where nothing else is known. Not of what was only announced: no
# code says so little.
CODES: dict[str, str] = {
    FundingType.PLEDGE: "12",
    FundingType.COMMITMENT: "2",
    FundingType.DISBURSEMENT: "3",
    FundingType.EXPENDITURE: "4",
    FundingType.REPAYMENT: "6",
    FundingType.CANCELLATION: "2",  # below zero, as IATI's guidance has it
}
# What IATI tells apart by type and we by instrument.
SPECIAL: dict[tuple[str, str], str] = {
    (FundingType.COMMITMENT, Instrument.GUARANTEE): "10",
    (FundingType.DISBURSEMENT, Instrument.EQUITY): "8",
}
FINANCE: dict[str, str] = {
    Instrument.GRANT: "110",
    Instrument.LOAN: "421",
    Instrument.CONCESSIONAL_LOAN: "421",
    Instrument.EQUITY: "510",
    Instrument.GUARANTEE: "1100",
}
_BY_TYPE = {"8": Instrument.EQUITY, "9": Instrument.EQUITY, "10": Instrument.GUARANTEE}
_BY_FINANCE = {"110": Instrument.GRANT, "1100": Instrument.GUARANTEE} | {
    code: instrument
    for instrument, listed in {
        Instrument.LOAN: "410 411 412 413 414 421 431",
        Instrument.EQUITY: "432 510 511 512 520",
    }.items()
    for code in listed.split()
}


def instrument_of(transaction_type: str, finance_type: str) -> Instrument:
    found = _BY_TYPE.get(transaction_type) or _BY_FINANCE.get(finance_type)
    return found or Instrument.UNKNOWN


def is_told_by_type(transaction_type: str) -> bool:
    """Whether our own type says the same: the export finds the code again."""
    return CODES[TYPES[transaction_type]] == transaction_type


def type_of(line: Funding) -> str | None:
    """The code of a line of money: its own while that fits its type, else the one of its type."""
    kept = line.transaction_type
    kinds = {FundingType.COMMITMENT, FundingType.CANCELLATION}
    fits = TYPES.get(kept) == line.type or (kept and {TYPES.get(kept), line.type} == kinds)
    return kept if fits else SPECIAL.get((line.type, line.instrument), CODES.get(line.type, ""))


def finance_type_of(line: Funding) -> str:
    """The same of its type of finance, which its instrument has to fit."""
    fits = instrument_of(line.transaction_type, line.finance_type) == line.instrument
    return line.finance_type if line.finance_type and fits else FINANCE.get(line.instrument, "")
