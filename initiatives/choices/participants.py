"""Who takes part, and in which role."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    GOVERNMENT = "government", _("Government body")
    MULTILATERAL = "multilateral", _("Multilateral organisation")
    BANK = "bank", _("Bank")
    COMPANY = "company", _("Company")
    ACADEMIC = "academic", _("University or research body")
    NGO = "ngo", _("Non-governmental organisation")


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
