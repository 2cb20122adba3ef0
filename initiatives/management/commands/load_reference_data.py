"""Load the lists that every site needs: countries and sectors."""

from typing import Any

from babel.numbers import list_currencies
from django.core.management.base import BaseCommand

from initiatives.actions.reference import Loaded, load_reference_data

KINDS = {"country": "Countries", "sector": "Sectors"}


class Command(BaseCommand):
    help = (
        "Make the countries of ISO 3166-1 and the sectors with codes of OECD DAC that are "
        "missing, with names in four languages. What is stored already stays as it is; where it "
        "differs is told. Run it after migrate, and again after an upgrade."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_reference_data()
        for kind, label in KINDS.items():
            self.stdout.write(
                f"{label + ':':<12} {loaded.made[kind]} made, {loaded.found[kind]} there already"
            )
        self.stdout.write(
            f"Currencies:  {len(list_currencies())} codes of ISO 4217, which need no loading"
        )
        if options["verbosity"] > 0:
            self._tell(loaded)

    def _tell(self, loaded: Loaded) -> None:
        for kind, key, name, stored, ours in loaded.differences:
            self.stdout.write(
                f"Differs and stays: {kind} {key}, {name}: {stored!r} (here {ours!r})"
            )
