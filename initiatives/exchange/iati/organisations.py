"""Kinds of organisations in the codes of IATI's list OrganisationType."""

from initiatives.choices import OrganisationKind
from initiatives.models import Organisation

GOVERNMENT = "10"
TYPES: dict[str, str] = {
    OrganisationKind.GOVERNMENT: GOVERNMENT,
    OrganisationKind.MULTILATERAL: "40",
    OrganisationKind.COMPANY: "70",
    OrganisationKind.ACADEMIC: "80",
}  # a bank may be anybody's, and the list has no organisation that is just non-governmental
KINDS = {
    "10": OrganisationKind.GOVERNMENT,
    "11": OrganisationKind.GOVERNMENT,
    "15": OrganisationKind.GOVERNMENT,
    "21": OrganisationKind.NGO,
    "22": OrganisationKind.NGO,
    "23": OrganisationKind.NGO,
    "24": OrganisationKind.NGO,
    "30": OrganisationKind.COMPANY,
    "40": OrganisationKind.MULTILATERAL,
    "60": OrganisationKind.NGO,
    "70": OrganisationKind.COMPANY,
    "71": OrganisationKind.COMPANY,
    "72": OrganisationKind.COMPANY,
    "73": OrganisationKind.COMPANY,
    "80": OrganisationKind.ACADEMIC,
}


def type_of(row: Organisation) -> str:
    """The code of an organisation: its own while that fits its kind, else the one of its kind."""
    if row.iati_type and KINDS.get(row.iati_type, row.kind) == row.kind:
        return row.iati_type
    return TYPES.get(row.kind, "")
