"""Settings of a site as the public meets it, for tests that start one behind the shipped proxy.

They are those of production; only static files come straight from their folders, uncollected.
"""

import os

os.environ.update(
    ENVIRONMENT="production",
    ALLOWED_HOSTS="tracker.example.org",
    SECRET_KEY="only for tests, never for a site that anybody can reach",
    DEBUG="false",
    DEMO="false",
)

from tracker.settings import *

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
