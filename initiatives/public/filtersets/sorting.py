"""The orders of a list. What is not known comes last in both directions; ties go by code."""

from django.utils.translation import gettext_lazy as _

DEFAULT = "-updated"
ORDERS = [
    ("-updated", _("Newest change first")),
    ("updated", _("Oldest change first")),
    ("title", _("Title, A to Z")),
    ("-title", _("Title, Z to A")),
    ("status", _("Status, planned first")),
    ("-status", _("Status, cancelled first")),
    ("start", _("Earliest start first")),
    ("-start", _("Latest start first")),
    ("end", _("Earliest end first")),
    ("-end", _("Latest end first")),
    ("-late_by", _("Most overdue first")),
    ("late_by", _("Least overdue first")),
    ("-moved_by", _("Moved later by most first")),
    ("moved_by", _("Moved earlier by most first")),
    ("-amount", _("Largest amount first")),
    ("amount", _("Smallest amount first")),
]
