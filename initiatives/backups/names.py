"""How backups are called: the site, the time in UTC, and what they are encrypted with."""

import re
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from initiatives.backups.archive import is_archive
from initiatives.backups.encryption import program_of

_TIME = "%Y%m%dT%H%M%SZ"


def name_of(at: datetime, program: str | None) -> str:
    ending = f".{program}" if program else ""
    return f"{_site()}-{at.astimezone(UTC).strftime(_TIME)}.tar{ending}"


def of_this_site(folder: Path) -> dict[Path, datetime]:
    """The backups of this site in `folder`, each with its time: by name, and by how they begin."""
    form = re.compile(re.escape(_site()) + r"-(\d{8}T\d{6}Z)\.tar(?:\.(age|gpg))?", re.ASCII)
    found = {}
    for path in folder.iterdir():
        match = form.fullmatch(path.name)
        if match and path.is_file() and not path.is_symlink() and _begins_so(path, match[2]):
            try:
                found[path] = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
            except ValueError:  # the 31st of February: not named by us
                continue
    return found


def _begins_so(path: Path, program: str | None) -> bool:
    return program_of(path) == program if program else is_archive(path)


def _site() -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "_", settings.IDENTIFIER_DOMAIN)
