"""What stands in the guides: the jobs of each role, and their texts in one language."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from initiatives.choices import Language
from initiatives.rights import Rights

TEXTS = Path(__file__).parent / "texts"
ADMINISTRATOR = "administrator"
# Role → its jobs; each role can do those of the roles before it, too.
JOBS = {
    "viewer": ("find", "history", "sign_in"),
    "editor": ("enter", "status", "session", "change", "import", "mend"),
    "reviewer": ("decide", "check"),
    "publisher": ("publish", "withdraw", "many"),
    ADMINISTRATOR: ("account", "desk", "passwords"),
}
ROLES = tuple(JOBS)
# Job → its picture in static/guide/<language>/; docs/take_screenshots.py takes them.
PICTURES = {
    "find": "list",
    "history": "history",
    "enter": "form",
    "status": "status",
    "session": "session",
    "change": "milestones",
    "import": "import",
    "mend": "queue",
    "decide": "request",
    "check": "queue",
    "publish": "record",
    "account": "account",
    "desk": "desk",
}
_NAME = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Job:
    """One job: its title, its steps, and the address of its picture in static/ with its words."""

    name: str
    title: str
    steps: list[SafeString]
    picture: str
    words: str


@cache
def texts(language: str) -> dict[str, Any]:
    """The texts of the guides; English for a language that has none."""
    code = language if language in Language.values else Language.ENGLISH
    return tomllib.loads((TEXTS / f"{code}.toml").read_text(encoding="utf-8"))


def jobs_of(role: str, language: str) -> list[Job]:
    """The jobs of `role`, one of ROLES."""
    return [_job(name, texts(language)["job"][name], language) for name in JOBS[role]]


def _job(name: str, text: dict[str, Any], language: str) -> Job:
    picture = f"guide/{language}/{PICTURES[name]}.webp" if name in PICTURES else ""
    steps = [with_names(step) for step in text["steps"]]
    return Job(name, text["title"], steps, picture, text.get("picture", ""))


def with_names(text: str) -> SafeString:
    """What stands in braces becomes the name that the desk shows in the reader's language."""
    parts = _NAME.split(text)
    named = (
        format_html("<b>{}</b>", _translated(part)) if place % 2 else part
        for place, part in enumerate(parts)
    )
    return format_html_join("", "{}", ((part,) for part in named))


def _translated(name: str) -> str:
    """“status|Planned” is “Planned” in the context “status”."""
    context, bar, text = name.rpartition("|")
    return pgettext(context, text) if bar else gettext(name)


def names_in(text: str) -> list[str]:
    """The English names that stand in braces."""
    return _NAME.findall(text)


def role_of(rights: Rights) -> str:
    """The guide of the officer who has `rights`; who has no desk yet reads that of a viewer."""
    if rights.is_superuser:
        return ADMINISTRATOR
    return ROLES[max(rights.highest, 1) - 1]
