"""What turns records into answers: this program, the packages it uses and how it is set up."""

import hashlib
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template import engines

# What public answers tell of the settings. Kept answers may outlive a restart with other ones.
SETTINGS = (
    "API_RATE",
    "IATI_REPORTING_ORG_NAME",
    "IATI_REPORTING_ORG_REF",
    "IATI_REPORTING_ORG_TYPE",
    "DEMO",
    "IDENTIFIER_DOMAIN",
    "LANGUAGES",
    "SECURITY_CONTACT",
    "SITE_URL",
    "TIME_ZONE",
)


def program() -> tuple[str, datetime]:
    """A fingerprint of it all, and when its files were last changed, which each machine has its own
    answer to."""
    files, newest = _files()
    return _fingerprint(files, repr([getattr(settings, name) for name in SETTINGS])), newest


@lru_cache(maxsize=1)
def _fingerprint(files: str, values: str) -> str:
    return hashlib.sha256(f"{files} {values}".encode()).hexdigest()


@cache
def _files() -> tuple[str, datetime]:
    files = sorted(path for folder in _folders() for path in folder.rglob("*") if path.is_file())
    wanted = [path for path in files if path.suffix in {".py", ".html", ".svg", ".mo", ".json"}]
    digest = hashlib.sha256(_packages().encode())
    for path in wanted:
        digest.update(path.read_bytes())
    newest = max(path.stat().st_mtime for path in wanted)
    return digest.hexdigest(), datetime.fromtimestamp(newest, UTC)


def _packages() -> str:
    return "\n".join(sorted(f"{found.name}=={found.version}" for found in distributions()))


def _folders() -> list[Path]:
    templates = (folder for engine in engines.all() for folder in engine.dirs)
    # The project has the formats of languages.
    addresses = import_module(settings.ROOT_URLCONF).__file__
    project = addresses and Path(addresses).parent
    # staticfiles.json in STATIC_ROOT names the files that pages link to.
    ours = (apps.get_app_config("initiatives").path, project, settings.STATIC_ROOT)
    return [Path(folder) for folder in (*ours, *templates, *settings.LOCALE_PATHS) if folder]
