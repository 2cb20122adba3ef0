"""What the public meets today: to change it takes the eyes of a second person."""

from initiatives.choices import Publication
from initiatives.models import Citation, Event, Initiative, Organisation, Source
from initiatives.models.evidence import TARGETS
from initiatives.rights.covered import published_sources


def is_public(row) -> bool:
    """Whether something of `row` is shown, or will be when its embargo ends."""
    if isinstance(row, Initiative):
        stored = Initiative.objects.filter(pk=row.pk, publication=Publication.PUBLISHED)
        return stored.exists()
    if isinstance(row, Citation):
        claims = (getattr(row, name) for name in TARGETS)
        return any(is_public(claim) for claim in claims if claim is not None)
    if isinstance(row, (Event, Organisation)):
        return type(row).objects.published().filter(pk=row.pk).exists()
    if isinstance(row, Source):
        return published_sources().filter(pk=row.pk).exists()
    initiative = getattr(row, "initiative", None)
    return initiative is not None and is_public(initiative)
