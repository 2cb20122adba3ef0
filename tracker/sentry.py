"""Errors go to a Sentry, or a server that speaks like one, where SENTRY_DSN names it.

It is told what failed and where in the code, and nothing of who asked for what: no accounts,
addresses, cookies, headers, bodies, query strings or values of variables.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation

from tracker.logs.cleaning import clean
from tracker.logs.request_ids import request_id

_CLEANED = ("message", "logentry", "exception", "transaction")


def start(dsn: str, *, environment: str, release: str) -> None:
    """Begin to tell of errors, unless `dsn` is empty. Raises ImproperlyConfigured with the cure."""
    if not dsn.strip():
        return
    try:
        import sentry_sdk
        from sentry_sdk.utils import BadDsn
    except ImportError:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, and sentry-sdk is not installed. Install it with `pip install "
            "--require-hashes -r requirements-sentry.txt`, or remove SENTRY_DSN."
        ) from None
    try:
        sentry_sdk.init(**options(dsn.strip(), environment=environment, release=release))
    except BadDsn:  # it has a key in it, so it is not repeated
        raise ImproperlyConfigured(
            "SENTRY_DSN cannot be read; it must be like https://key@sentry.example.org/1"
        ) from None


def options(dsn: str, *, environment: str, release: str) -> dict[str, Any]:
    """Of sentry_sdk.init."""
    return {
        "dsn": dsn,
        "environment": environment,
        "release": release,
        # Persons are left out unless `send_default_pii` is set, which is deprecated by now.
        "include_local_variables": False,
        "max_request_body_size": "never",
        "max_breadcrumbs": 0,  # queries and lines of before, with what they were about
        "ignore_errors": [SuspiciousOperation],
        "before_send": without_persons,
    }


def without_persons(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any] | None:
    """The event as it is sent. The number of the request finds its lines in the log.

    An outage is told by its one line in the log, and not by each request that met it.
    """
    from tracker.away.loss import loss_of

    if loss_of((hint.get("exc_info") or (None, None))[1]):
        return None
    for name in ("user", "extra", "breadcrumbs", "modules"):
        event.pop(name, None)
    if asked := event.pop("request", None):
        event["request"] = {"method": asked.get("method", "")}
    event["tags"] = {**event.get("tags", {}), "request_id": request_id()}
    for name in _CLEANED:
        if name in event:
            event[name] = _cleaned(event[name])
    return event


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return value
