"""Which of its sectors an initiative belongs to in the first place."""

from django.contrib.auth.models import User

from initiatives.actions.initiatives import save
from initiatives.models import Initiative, InitiativeSector, Sector
from initiatives.publication import publishing


@publishing()
def set_main_sector(initiative: Initiative, sector: Sector, *, by: User | None) -> InitiativeSector:
    """Make `sector` the main sector of `initiative`; the old one stays as one of its sectors.

    Writes nothing where it is the main sector already.
    """
    rows = list(initiative.sectors.select_for_update(of=("self",)))
    # The old main sector gives way before the new one comes; there is never room for two.
    for row in rows:
        if row.is_main and row.sector_id != sector.pk:
            row.is_main = False
            save(row, by=by)
    found = [row for row in rows if row.sector_id == sector.pk]
    row = found[0] if found else InitiativeSector(initiative=initiative, sector=sector)
    row.is_main = True
    return save(row, by=by)
