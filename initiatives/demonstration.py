"""What marks a training copy, so that nobody takes invented records for true ones.

The setting DEMO alone says whether the site is one. Its pages bear a banner, no search engine keeps
them, and what leaves the site – files, feeds, calendars, mails – says it in its name.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from initiatives.choices import DeskRole

# Known to everybody, and shown where one signs in: the copy is there to be tried.
PASSWORD = "training-2026"
# User name → role on the desk of the copy; None is the administrator.
OFFICERS: dict[str, DeskRole | None] = {
    "viewer": DeskRole.VIEWER,
    "editor": DeskRole.EDITOR,
    "reviewer": DeskRole.REVIEWER,
    "publisher": DeskRole.PUBLISHER,
    "administrator": None,
}


def is_demonstration() -> bool:
    """Whether all that this site shows is invented."""
    return bool(settings.DEMO)


def marked(title: str) -> str:
    """`title` of a feed, a calendar or a mail, in the language of the moment."""
    return _("Demonstration: %(title)s") % {"title": title} if is_demonstration() else title


def file_name(name: str) -> str:
    """The `name` of a file to be taken away."""
    return f"demonstration-{name}" if is_demonstration() else name
