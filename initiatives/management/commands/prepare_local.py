"""Fill an empty local database: the first data and officers to sign in as."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from initiatives.actions.accounts.officers import create_demo_officers
from initiatives.actions.reference import load_reference_data
from initiatives.models import Initiative
from initiatives.publication import issue_missing


class Command(BaseCommand):
    help = "Load fixtures/ into an empty database and create demo officers; local runs only."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is still to do; the second time that is nothing, so edits are never lost."""
        if settings.ENVIRONMENT != "local":
            raise CommandError(
                f"ENVIRONMENT is {settings.ENVIRONMENT!r}, and prepare_local is for a local run "
                "only. Load data with loaddata and create officers with createsuperuser, "
                "or set ENVIRONMENT=local."
            )
        if not Initiative.objects.exists():
            self.load_first_data()
        self.load_lists()
        issue_missing()  # of a database from before there were editions, or that was filled by SQL
        if not get_user_model().objects.exists():
            self.create_officers()

    def load_first_data(self) -> None:
        fixtures = sorted((settings.BASE_DIR / "fixtures").glob("*.json"))
        # One call is one transaction: all of the files or none.
        call_command("loaddata", *fixtures, verbosity=0)
        self.stdout.write(f"First data:   {Initiative.objects.count()} initiatives")

    def load_lists(self) -> None:
        made = load_reference_data().made
        if any(made.values()):
            self.stdout.write(
                f"Lists:        {made['country']} more countries, {made['sector']} more sectors"
            )

    def create_officers(self) -> None:
        password = secrets.token_urlsafe(12)
        officer, *others = create_demo_officers(password=password)
        self.stdout.write(
            f"Demo officer: {officer}   password: {password}\n"
            "              (shown only now; another: manage.py changepassword "
            f"{officer})\n"
            f"              Same password: {', '.join(others)}, whose changes of what is public\n"
            "              wait until somebody else approves them."
        )
