"""Files of IATI activities, of any version 2.0x, read one activity at a time.

for activity in read_activities(open(path, "rb")):
    …
"""

from initiatives.exchange.iati.reading.activities import (
    Activity,
    ActivityBudget,
    Code,
    Description,
    Document,
    Participant,
    Related,
    Share,
    Side,
    Texts,
    Transaction,
)
from initiatives.exchange.iati.reading.stream import (
    UnreadableActivities,
    read_activities,
    version_of,
)

__all__ = [
    "Activity",
    "ActivityBudget",
    "Code",
    "Description",
    "Document",
    "Participant",
    "Related",
    "Share",
    "Side",
    "Texts",
    "Transaction",
    "UnreadableActivities",
    "read_activities",
    "version_of",
]
