"""Let somebody sign in with the password alone, after app and recovery codes were lost."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.actions.accounts import second_factors
from initiatives.actions.accounts.audit import Place
from initiatives.desk.admin.sign_in import owner_mail


class Command(BaseCommand):
    help = (
        "Remove the second step of an account and sign it out everywhere, for an administrator "
        "whom nobody else can let in. The history of the account says so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the sign-in name of the account")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"No account has the sign-in name {name!r}.")
        if not second_factors.reset(user, by=None):
            self.stdout.write(f"{name} had no second step. Whoever was signed in so is signed out.")
            return
        owner_mail.tell_of_step(user, owner_mail.STEP_REMOVED, Place())
        self.stdout.write(
            f"The second step of {name} is removed: the password alone lets in, and the desk then "
            "asks to set up another one where it must be."
        )
