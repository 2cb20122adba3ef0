"""The settings under test: those of the tracker, with what only slows tests down put aside.

The environment is filled before they are read, so that a developer's .env has no say here.
`tests.postgres` sets DATABASE_URL for its run; without it the tests use a file of SQLite.
"""

import os
import tempfile

os.environ["ENVIRONMENT"] = "local"
os.environ["SECRET_KEY"] = "only for tests, never for a site that anybody can reach"
os.environ["DEBUG"] = "false"
os.environ["DEMO"] = "false"
os.environ.setdefault("DATABASE_URL", "sqlite:///unused.sqlite3")
# Documents of sources; a test that looks at the folder gives it one of its own.
os.environ["MEDIA_ROOT"] = f"{tempfile.gettempdir()}/tracker-test-documents-{os.getpid()}"

from tracker.settings import *

# A slow hash protects passwords; a fast one makes hundreds of sign-ins affordable.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Straight from the source directories, under plain names: no collectstatic before the tests.
# What it makes in a real run is looked at by the test of `make run`.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# One client sends all the requests of the tests.
API_RATE = None

# The factories write rows without their editions, so what was kept would seem to be true still. The
# tests of kept answers switch it on.
_NOTHING_KEPT = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = CACHES | {"answers": _NOTHING_KEPT, "rows": _NOTHING_KEPT}

# Nearly all tests sign in without a password; those of wrong passwords switch it on.
AXES_ENABLED = False

# A file, as on a site: in memory there is no WAL, and threads get in each other's way.
if DATABASES["default"]["ENGINE"] == "tracker.sqlite":
    _file = f"{tempfile.gettempdir()}/tracker-test-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": _file}
