"""The settings under measurement: those of production, on a database that is thrown away."""

import os
import secrets

os.environ["ENVIRONMENT"] = "production"
os.environ["DEBUG"] = "false"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
os.environ["ALLOWED_HOSTS"] = "testserver"  # the name that django.test.Client gives
if "DATABASE_URL" not in os.environ:
    raise SystemExit("DATABASE_URL is not set; `python -m benchmarks` sets it for a measurement.")

from tracker.settings import *  # noqa: F403

# Plain names of static files: hashed ones would need collectstatic, and cost a page no more than
# one look into a dictionary each.
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = None
