"""The desk's navigation: what is worked with, in four groups.

Parts of a record (citations, funding, milestones, changes of status, moved dates) are reached from
the record and have no entry.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

GROUPS = (
    ("work", _("Work"), ("changerequest", "errorreport", "changeset", "importbatch")),
    ("records", _("Records"), ("initiative", "event", "organisation", "source")),
    ("reference", _("Reference"), ("country", "sector")),
    ("administration", _("Administration"), ("desk", "user", "accountevent", "change")),
)
PARTS = frozenset("citation funding milestone statuschange daterevision".split())


def grouped(apps: list[dict[str, Any]], *, first_page: str) -> list[dict[str, Any]]:
    """Django's list of applications as groups; a kind that no group names goes to the last."""
    entries = {
        entry["object_name"].lower(): entry
        for app in apps
        for entry in app["models"]
        if entry["object_name"].lower() not in PARTS
    }
    groups: list[dict[str, Any]] = [
        {
            "app_label": label,
            "name": name,
            "app_url": first_page,
            "has_module_perms": True,
            "models": [entries.pop(kind) for kind in kinds if kind in entries],
        }
        for label, name, kinds in GROUPS
    ]
    groups[-1]["models"].extend(entries.values())
    return [group for group in groups if group["models"]]
