"""Django's changepassword, which leaves a record: the audit of accounts tells it."""

from getpass import getuser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import changepassword

from initiatives.actions.accounts import officers


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        told = super().handle(*args, **options)
        users = get_user_model().objects.using(options["database"])
        officers.record_password(users.get(username=options["username"] or getuser()), by=None)
        return told
