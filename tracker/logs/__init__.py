"""The log: how its lines look, what never stands in them, and which request they tell of.

All of it goes to standard error, which the platform keeps and rotates. Two loggers can be told from
the rest by their names: `tracker.access`, one line for each request, and `tracker.audit`, what
accounts and rights went through; see ADR 32.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = {"plain": "tracker.logs.lines.PlainLine", "json": "tracker.logs.lines.JsonLine"}


def logging_of(form: str, level: str, *, access: bool) -> dict[str, Any]:
    """LOGGING of Django. `form` is LOG_FORMAT and `level` LOG_LEVEL; `access`, whether each request
    has a line. Raises ImproperlyConfigured with the cure."""
    console = {"handlers": ["console"], "propagate": False}
    loggers: dict[str, dict[str, Any]] = {
        # A page that is not there is no news; an answer of 500 is.
        "django.request": {"level": "ERROR", "filters": ["told"]},
        # It would tell which passkey was used each time; the audit says whose.
        "fido2": {"level": "WARNING"},
        "tracker.access": {"level": "INFO" if access else "ERROR"},
        "tracker.audit": {"level": "INFO"},
    }
    if _one_of(form, FORMATS, "LOG_FORMAT") == "json":  # what the server says itself, too
        loggers["gunicorn.error"] = console
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"told": {"()": "tracker.away.told.UnlessTold"}},
        "formatters": {"line": {"()": FORMATS[form]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": loggers,
        "root": {"handlers": ["console"], "level": _one_of(level, LEVELS, "LOG_LEVEL")},
    }


def _one_of(text: str, known: Any, name: str) -> str:
    if text not in known:
        raise ImproperlyConfigured(f"{name} is {text!r}; it must be one of {', '.join(known)}.")
    return text
