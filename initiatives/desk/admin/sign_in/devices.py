"""Where a request came from, in a few words: address, browser and system."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest

from initiatives.actions.accounts.audit import Place, asked_from
from initiatives.desk.admin.sign_in.attempts import address_of

# What browsers call themselves; those that also carry the name of another one come first.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser/", "Yandex"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def placed(view: Callable[..., Any]) -> Callable[..., Any]:
    """`view`; what it notes in the audit was asked from where the request came from."""

    @wraps(view)
    def from_there(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with asked_from(partial(place_of, request)):
            return view(request, *args, **kwargs)

    return from_there


def place_of(request: HttpRequest) -> Place:
    """The address as the throttle knows it, and the device as its browser tells it."""
    return Place(address_of(request) or "", device_of(request.headers.get("User-Agent", "")))


def device_of(told: str) -> str:
    """“Firefox, Windows”; empty where the browser says nothing that is known."""
    return ", ".join(filter(None, (_first(_BROWSERS, told), _first(_SYSTEMS, told))))


def _first(known: tuple[tuple[str, str], ...], told: str) -> str:
    return next((name for mark, name in known if mark in told), "")
