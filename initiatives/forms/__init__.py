"""Forms that the rooms share."""

from initiatives.forms.initiative import InitiativeForm, PromiseForm, SectorForm, SectorFormSet
from initiatives.forms.record import (
    BoundedChoice,
    BoundedChoices,
    NamedForm,
    RecordForm,
    TitledForm,
)
from initiatives.forms.status import StatusForm

__all__ = [
    "BoundedChoice",
    "BoundedChoices",
    "InitiativeForm",
    "NamedForm",
    "PromiseForm",
    "RecordForm",
    "SectorForm",
    "SectorFormSet",
    "StatusForm",
    "TitledForm",
]
