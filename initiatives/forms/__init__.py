"""Forms that the rooms share."""

from initiatives.forms.initiative import InitiativeForm, PromiseForm, SectorFormSet
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
from initiatives.forms.unique_rows import RowForm

__all__ = [
    "AmountsForm",
    "BoundedChoice",
    "BoundedChoices",
    "FundingForm",
    "InitiativeForm",
    "NamedForm",
    "PromiseForm",
    "RecordForm",
    "RowForm",
    "RowSelect",
    "SectorFormSet",
    "StatusForm",
    "TitledForm",
]
