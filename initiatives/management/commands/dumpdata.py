"""dumpdata as Django has it, with natural keys and without what loaddata makes again."""

from typing import Any

from django.core.management.commands import dumpdata

# They follow from the records, and name officers and desks by the numbers of this site.
DERIVED = ["initiatives.DeskRow", "initiatives.DeskDocument", "initiatives.DeskTerm"]


class Command(dumpdata.Command):
    def handle(self, *labels: Any, **options: Any) -> None:
        """Accounts have other numbers on another site: a row that names its author by number would
        be somebody else's there."""
        left_out = [*options["exclude"], *DERIVED]
        given = {**options, "exclude": left_out, "use_natural_foreign_keys": True}
        super().handle(*labels, **given)
