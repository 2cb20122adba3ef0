"""Forms that the rooms share."""

from initiatives.forms.initiative import InitiativeForm, SectorForm, SectorFormSet
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
    "RecordForm",
    "SectorForm",
    "SectorFormSet",
    "StatusForm",
    "TitledForm",
]
