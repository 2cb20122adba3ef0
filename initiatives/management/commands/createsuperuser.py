"""Django's createsuperuser, which leaves a record: the audit of accounts tells it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import createsuperuser

from initiatives.actions.accounts import officers


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects.using(options["database"])
        known = set(users.values_list("pk", flat=True))
        super().handle(*args, **options)
        for user in users.filter(is_superuser=True).exclude(pk__in=known):
            officers.record_account(user, by=None)
