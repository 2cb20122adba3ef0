"""Forms that the rooms share."""

from initiatives.forms.initiative import InitiativeForm, PromiseForm, SectorForm, SectorFormSet
from initiatives.forms.money import AmountsForm, FundingForm
from initiatives.forms.options import RowSelect
from initiatives.forms.record import (
    BoundedChoice,
    BoundedChoices,
    NamedForm,
    RecordForm,
    TitledForm,
)
from initiatives.forms.status import StatusForm

__all__ = [
    "AmountsForm",
    "BoundedChoice",
    "BoundedChoices",
    "FundingForm",
    "InitiativeForm",
    "NamedForm",
    "PromiseForm",
    "RecordForm",
    "RowSelect",
    "SectorForm",
    "SectorFormSet",
    "StatusForm",
    "TitledForm",
]
