"""loaddata as django-modeltranslation has it, after which the public sees what was loaded."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from modeltranslation.management.commands import loaddata

from initiatives.management.fixtures.accounts import names_kept
from initiatives.publication import issue_missing


class Command(loaddata.Command):
    def handle(self, *labels: Any, **options: Any) -> None:
        """One transaction: rows without their editions would be rows that nobody sees."""
        if options["database"] != DEFAULT_DB_ALIAS:
            super().handle(*labels, **options)
            return
        with transaction.atomic(), names_kept() as names:
            super().handle(*labels, **options)
            issue_missing()
        if names:
            self.stderr.write(
                f"{len(names)} accounts that rows name were not here: {', '.join(names)}. Each is "
                "kept as an account that is not active and whose password nobody knows, so that "
                "histories say who did what. Give it a password and activate it, if it is needed."
            )
