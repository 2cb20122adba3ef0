"""Settings of the tracker, all in one file and all from the environment.

The variables are listed in README.md. A value that is missing or wrong stops the start with a
message that says which variable it is and how to mend it.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from tracker import __version__, content_security, sentry
from tracker.cache import caches_of
from tracker.database import database_of, demand_mark, replica_of, sqlite_file
from tracker.environment import (
    breached_passwords_of,
    former_keys_of,
    rate_of,
    reporting_org_ref_of,
    reporting_org_type_of,
    second_factor_of,
    secret_key_of,
    site_url_of,
    token_of,
)
from tracker.logs import logging_of
from tracker.passwords import validators_with

VERSION = __version__
BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- Where we run -----------------------------------------------------------------------------
ENVIRONMENT = env.str("ENVIRONMENT", default="production")
if ENVIRONMENT not in ("local", "production"):
    raise ImproperlyConfigured(
        f"ENVIRONMENT is {ENVIRONMENT!r}; it must be `local` or `production`."
    )
LOCAL = ENVIRONMENT == "local"
DEBUG = env.bool("DEBUG", default=False)
if DEBUG and not LOCAL:
    raise ImproperlyConfigured("DEBUG is on in production. Remove DEBUG or set ENVIRONMENT=local.")

# A training copy: all that it shows is invented, and each page says so; see `make demo`.
DEMO = env.bool("DEMO", default=False)

SECRET_KEY = secret_key_of(env.str("SECRET_KEY", default=""))
SECRET_KEY_FALLBACKS = former_keys_of(env.list("SECRET_KEY_FALLBACKS", default=[]))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
if not LOCAL and "ALLOWED_HOSTS" not in env.ENVIRON:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set. In production set it to the names of the site, "
        "for example ALLOWED_HOSTS=tracker.example.org"
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# In the identifiers of feeds and calendars: it stays the same when the site moves to another name.
IDENTIFIER_DOMAIN = env.str("IDENTIFIER_DOMAIN", default="").strip() or next(
    (host.lstrip(".") for host in ALLOWED_HOSTS if not LOCAL and "*" not in host), "localhost"
)
if DEMO:  # what is invented never has the identifier of something true
    IDENTIFIER_DOMAIN = f"demonstration.{IDENTIFIER_DOMAIN}"
# For addresses in mails, which no request asks for.
_first_host = next((host.lstrip(".") for host in ALLOWED_HOSTS if "*" not in host), "localhost")
SITE_URL = site_url_of(env.str("SITE_URL", default="")) or (
    "http://127.0.0.1:8000" if LOCAL else f"https://{_first_host}"
)

# Who reports in IATI files. An organisation that is registered with IATI puts its identifier here;
# until then the domain says honestly whose files they are.
IATI_REPORTING_ORG_REF = reporting_org_ref_of(
    env.str("IATI_REPORTING_ORG_REF", default="").strip() or IDENTIFIER_DOMAIN
)
IATI_REPORTING_ORG_NAME = (
    env.str("IATI_REPORTING_ORG_NAME", default="").strip() or "Cooperation tracker"
)
if DEMO:
    IATI_REPORTING_ORG_NAME = f"Demonstration: {IATI_REPORTING_ORG_NAME}"
IATI_REPORTING_ORG_TYPE = reporting_org_type_of(env.str("IATI_REPORTING_ORG_TYPE", default="90"))

# --- What is installed ------------------------------------------------------------------------
INSTALLED_APPS = [
    "initiatives",  # first, so that its loaddata and flush are the ones that run
    "modeltranslation",  # before the admin, as its documentation asks
    "initiatives.apps.DeskConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

# Fixtures with few queries, and whose accounts may be missing.
SERIALIZATION_MODULES = {
    name: f"initiatives.management.fixtures.{name}" for name in ("json", "jsonl")
}

MIDDLEWARE = [
    "tracker.logs.requests.Requests",
    "tracker.metrics.requests.CountRequests",
    "django.middleware.security.SecurityMiddleware",
    "initiatives.middleware.security_headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # ETag and 304 for what has no validators of its own, as robots.txt and the map of the site.
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "initiatives.middleware.api.ApiMiddleware",
    "initiatives.middleware.broken_input.RefuseBrokenInput",
    "tracker.away.middleware.Away",
    "initiatives.middleware.response_cache.ResponseCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Behind the login, since officers may send files, and before all that reads what is sent.
    "initiatives.middleware.request_bodies.BoundBodies",
    "initiatives.middleware.broken_input.ReadOnlyForThePublic",
    "initiatives.middleware.languages.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "initiatives.middleware.lost_login.KeepTyped",  # behind the check of the token and the login
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # answers for a sign-in that was refused
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
FORM_RENDERER = "tracker.form_renderer.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------
# No address for the file beside manage.py: its folder may have any name.
_address = env.str("DATABASE_URL", default=None)
DATABASES = {
    "default": sqlite_file(str(BASE_DIR / ("demo.sqlite3" if DEMO else "db.sqlite3")))
    if _address is None
    else database_of(_address.strip())
}
if DEMO:
    demand_mark(DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# To open even a file for each request costs five times as much as an answer that was kept.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# For servers and not for commands, see tracker/database_bounds.py.
STATEMENT_SECONDS = env.int("STATEMENT_SECONDS", default=60)
DATABASE_POOL = env.int("DATABASE_POOL", default=0)
if min(STATEMENT_SECONDS, DATABASE_POOL) < 0:
    raise ImproperlyConfigured("STATEMENT_SECONDS and DATABASE_POOL must be 0 or more.")
_replica = env.str("DATABASE_REPLICA_URL", default=None)
if _replica is not None:
    DATABASES["replica"] = replica_of(_replica.strip(), DATABASES["default"])
    if DEMO:
        demand_mark(DATABASES["replica"], name="DATABASE_REPLICA_URL")
    DATABASE_ROUTERS = ["tracker.replica.ReplicaRouter"]
    # Before anything that asks a database.
    _first = MIDDLEWARE.index("tracker.away.middleware.Away")
    MIDDLEWARE.insert(_first, "tracker.replica.ReadFromReplica")

# --- Languages --------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("uz", "Oʻzbekcha"), ("kk", "Қазақша")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "upstream"]
FORMAT_MODULE_PATH = ["tracker.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "ru", "uz", "kk")
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": ("en", "ru", "uz", "kk"),
    "uz": ("ru", "en", "kk"),
    "kk": ("ru", "en", "uz"),
}
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Tashkent")
USE_TZ = True

# --- Cache ------------------------------------------------------------------------------------
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Public answers (middleware/response_cache.py) and rows of lists (templatetags/kept_rows.py).
    **caches_of(env.str("CACHE_URL", default=None), site=IDENTIFIER_DOMAIN),
}

# --- Static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# The documents of sources, in a folder that no address of the server leads to. Another storage of
# Django, such as one of S3, can take its place here.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default="").strip() or BASE_DIR / "documents")
STORAGES = {
    "documents": {
        "BACKEND": "initiatives.document_store.WholeFiles",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Who can read the backups, such as age:age1… or gpg:FINGERPRINT; nobody named: not encrypted.
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])

# --- Sign-in ----------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = validators_with(
    breached_passwords_of(env.str("BREACHED_PASSWORDS", default=""))
)
from tracker.wrong_passwords import *  # noqa: E402, F403, settings of django-axes

# Who must have a second step: nobody (`off`), publishers and administrators, or every officer.
SECOND_FACTOR = second_factor_of(
    env.str("SECOND_FACTOR", default="off" if LOCAL or DEMO else "publishers"), "SECOND_FACTOR"
)
OTP_TOTP_ISSUER = urlsplit(SITE_URL).hostname or "tracker"  # what the officer's app shows
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # also where `next` leads to another site
# A session ends when nobody worked in it for so long, and at the latest so long after the sign-in.
SESSION_ENGINE = "initiatives.desk.admin.sign_in.sessions"
SESSION_IDLE = env.int("SESSION_IDLE_MINUTES", default=120) * 60  # seconds
SESSION_LONGEST = env.int("SESSION_HOURS", default=12) * 3_600
if min(SESSION_IDLE, SESSION_LONGEST) < 1:
    raise ImproperlyConfigured("SESSION_IDLE_MINUTES and SESSION_HOURS must be 1 or more.")
SESSION_COOKIE_AGE = SESSION_LONGEST
CSRF_FAILURE_VIEW = "initiatives.middleware.lost_login.csrf_failure"

# --- Security ---------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = content_security.POLICY
# What tells `check_sources` of archived copies: the Wayback Availability API, or one like it.
ARCHIVE_API = env.str("ARCHIVE_API", default="https://archive.org/wayback/available").strip()
# Where a weakness is reported, see RFC 9116: an address with mailto: or https:.
SECURITY_CONTACT = env.str(
    "SECURITY_CONTACT", default="mailto:" + env.str("DEFAULT_FROM_EMAIL", "tracker@localhost")
)
# How often one client may ask the API, and behind how many proxies of our own it is seen.
API_RATE = rate_of(env.str("API_RATE", default="120/minute"), "API_RATE")
PROXIES = env.int("PROXIES", default=0 if LOCAL else 1)
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
# A cookie knows no port: who signs in to a training copy stays signed in to the site beside it.
SESSION_COOKIE_NAME = "demonstration_session" if DEMO else "sessionid"
if not LOCAL:
    # TLS ends at a proxy in front of us that sets this header; see deploy/.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    # Browsers take these from the very host over TLS only, so that no other name of the domain can
    # give a visitor a session or a token.
    SESSION_COOKIE_NAME = f"__Host-{SESSION_COOKIE_NAME}"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# What anybody may send; more is refused before it is read. Files of imports may be larger, see
# initiatives/desk/forms/sending.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes
# A form of an initiative with many milestones has many fields; more than this is no form of ours.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Mail and logs ----------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds; who saves waits no longer for a server of mail
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="tracker@localhost")
# Who may read the numbers at /metrics; without it there are none.
METRICS_TOKEN = token_of(env.str("METRICS_TOKEN", default=""), "METRICS_TOKEN")
if METRICS_TOKEN:
    EMAIL_BACKEND_COUNTED = EMAIL_CONFIG["EMAIL_BACKEND"]
    EMAIL_BACKEND = "tracker.metrics.mail.CountingBackend"
LOGGING = logging_of(
    env.str("LOG_FORMAT", default="plain"),
    env.str("LOG_LEVEL", default="WARNING"),
    access=env.bool("ACCESS_LOG", default=False),
)
# Errors are told to a Sentry as well, where one is named.
sentry.start(env.str("SENTRY_DSN", default=""), environment=ENVIRONMENT, release=VERSION)
