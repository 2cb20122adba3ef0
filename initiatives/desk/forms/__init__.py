"""Forms that the rooms share."""

from initiatives.desk.forms.initiative import InitiativeForm, PromiseForm, SectorFormSet
from initiatives.desk.forms.money import AmountsForm, FundingForm
from initiatives.desk.forms.options import RowSelect
from initiatives.desk.forms.record import (
    BoundedChoice,
    BoundedChoices,
    NamedForm,
    RecordForm,
    TitledForm,
)
from initiatives.desk.forms.status import StatusForm
from initiatives.desk.forms.unique_rows import RowForm

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
