"""loaddata as django-modeltranslation has it, after which the public sees what was loaded."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from modeltranslation.management.commands import loaddata

from initiatives.publication import issue_missing


class Command(loaddata.Command):
    def handle(self, *labels: Any, **options: Any) -> None:
        """One transaction: rows without their editions would be rows that nobody sees."""
        with transaction.atomic(using=options["database"]):
            super().handle(*labels, **options)
            if options["database"] == DEFAULT_DB_ALIAS:
                issue_missing()
