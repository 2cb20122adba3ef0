"""An activity of another publisher in the columns of ours, and what has to be made for it first.

    known = Known.load()
    mapped = map_activity(activity, known, today=today)

Nothing is written here. What is not taken over is counted in `unmapped` or said in `notes`.
"""

from initiatives.exchange.iati.mapping.activity import map_activity
from initiatives.exchange.iati.mapping.known import Known
from initiatives.exchange.iati.mapping.mapped import (
    Mapped,
    NewCountry,
    NewOrganisation,
    NewSector,
    NewSource,
)

__all__ = [
    "Known",
    "Mapped",
    "NewCountry",
    "NewOrganisation",
    "NewSector",
    "NewSource",
    "map_activity",
]
