"""dumpdata as Django has it, with natural keys."""

from typing import Any

from django.core.management.commands import dumpdata


class Command(dumpdata.Command):
    def handle(self, *labels: Any, **options: Any) -> None:
        """Accounts have other numbers on another site: a row that names its author by number would
        be somebody else's there."""
        super().handle(*labels, **{**options, "use_natural_foreign_keys": True})
