"""Values of the environment that are refused with the cure where they are wrong."""

import re

from django.core.exceptions import ImproperlyConfigured

_SHORTEST_KEY = 32
_SHORTEST_TOKEN = 20
_MAKE_A_KEY = 'python -c "import secrets; print(secrets.token_urlsafe(50))"'
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600}
# Code list OrganisationType of IATI: 10 is a government, 90 is “other”.
_ORGANISATION_TYPES = "10 11 15 21 22 23 24 30 40 60 70 71 72 73 80 90".split()


def secret_key_of(text: str, name: str = "SECRET_KEY") -> str:
    """SECRET_KEY, or one of the former keys of the variable `name`, which nobody can guess."""
    if not text:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. For a local run type `make run`, which makes one and keeps it "
            "in .env. In production set it in the environment, for example to the output of: "
            f"{_MAKE_A_KEY}"
        )
    if len(text) < _SHORTEST_KEY:
        raise ImproperlyConfigured(
            f"{name} has {len(text)} characters; who guesses it can sign in as anybody. "
            f"Give it {_SHORTEST_KEY} or more that nobody knows, for example the output of: "
            f"{_MAKE_A_KEY}"
        )
    return text


def former_keys_of(texts: list[str]) -> list[str]:
    """SECRET_KEY_FALLBACKS: what was signed by them still holds."""
    keys = filter(None, map(str.strip, texts))
    return [secret_key_of(key, "SECRET_KEY_FALLBACKS") for key in keys]


def site_url_of(text: str) -> str:
    """SITE_URL without its last stroke; empty where it is not set."""
    text = text.strip().rstrip("/")
    if text and not text.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            f"SITE_URL is {text!r}; it must begin with the scheme, "
            "for example SITE_URL=https://tracker.example.org"
        )
    return text


def token_of(text: str, name: str) -> str:
    """A token of the variable `name` that lets a program in; empty where it is not set."""
    text = text.strip()
    if text and (len(text) < _SHORTEST_TOKEN or not text.isascii() or not text.isprintable()):
        raise ImproperlyConfigured(
            f"{name} must have {_SHORTEST_TOKEN} or more letters and digits that nobody knows, for "
            f"example the output of: {_MAKE_A_KEY}"
        )
    return text


def breached_passwords_of(text: str) -> str:
    """BREACHED_PASSWORDS, a file whose lines begin with a SHA-1; empty where it is not set."""
    path = text.strip()
    if path and not _begins_with_a_digest(path):
        raise ImproperlyConfigured(
            f"BREACHED_PASSWORDS is {path!r}; it must be a file that the site can read, whose "
            "lines are SHA-1 and a number, in their order, as “Pwned Passwords” (ordered by hash) "
            "has them"
        )
    return path


def _begins_with_a_digest(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            line = file.readline(100)
    except OSError:
        return False
    return re.fullmatch(rb"[0-9A-Fa-f]{40}(:\d+)?\r?\n", line) is not None


def rate_of(text: str, name: str) -> tuple[int, int] | None:
    """How often, in how many seconds, as the variable `name` says; None where there is no bound."""
    found = re.fullmatch(r"off|([1-9]\d{0,6})/(second|minute|hour)", text.strip(), re.ASCII)
    if found is None:
        raise ImproperlyConfigured(f"{name} is {text!r}; it must be like 120/minute, or off.")
    return (int(found[1]), _SECONDS[found[2]]) if found[1] else None


def reporting_org_ref_of(text: str) -> str:
    """IATI_REPORTING_ORG_REF, an identifier as IATI takes it."""
    if set(text) & set("/&|? "):
        raise ImproperlyConfigured(
            f"IATI_REPORTING_ORG_REF is {text!r}; it must be an organisation "
            "identifier of IATI without spaces and / & | ?, for example XM-DAC-44000"
        )
    return text


def reporting_org_type_of(text: str) -> str:
    """IATI_REPORTING_ORG_TYPE, a code of IATI's list OrganisationType."""
    text = text.strip()
    if text not in _ORGANISATION_TYPES:
        raise ImproperlyConfigured(
            f"IATI_REPORTING_ORG_TYPE is {text!r}; it must be a code of IATI's list "
            "OrganisationType, "
            "for example 10 for a government or 40 for a multilateral organisation"
        )
    return text


def second_factor_of(value: str, name: str) -> str:
    """Who must have a second step. Raises ImproperlyConfigured."""
    known = ("off", "publishers", "everybody")
    if value.strip() not in known:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it must be `off`, `publishers` (and administrators) or "
            "`everybody`."
        )
    return value.strip()
