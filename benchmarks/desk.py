"""The pages, choices and queue of the desk, as an officer of one country and an administrator.

They are measured on the rows of `benchmarks.generate`, with one waiting request for each hundred
initiatives. What an officer of one country may see has to be found out for every row, so that
officer's pages are the dearest of the desk.
"""

from collections.abc import Callable
from functools import partial

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client

from benchmarks.desk_pages import COUNTRY, of_one_country, pages
from initiatives import models
from initiatives.choices import ChangeAction, DeskRole

HUNDRED = 100  # initiatives to one request that waits
WAITING = [{"model": "initiative", "action": ChangeAction.CHANGED}]


def measured_desk() -> dict[str, Callable[[], object]]:
    """Name → what to run, for the rows that are in the database now."""
    _ask_for_approvals()
    officers = {"desk of one country": _officer(), "administrator": _administrator()}
    return {
        f"{who}, {name}": partial(open_page, client, at)
        for who, user in officers.items()
        for client in [_signed_in(user)]
        for name, at in pages().items()
    }


def open_page(client: Client, address: str) -> bytes:
    """The page. Raises SystemExit if it is not there."""
    answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code} and cannot be measured.")
    return answer.getvalue()


def _signed_in(user: AbstractBaseUser) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _officer() -> AbstractBaseUser:
    """An editor of a desk that covers Kazakhstan and nothing else."""
    user, is_new = get_user_model().objects.get_or_create(username="editor", is_staff=True)
    if is_new:
        desk = models.Desk.objects.create(name="Kazakhstan")
        desk.countries.add(models.Country.objects.get(iso2=COUNTRY))
        models.DeskMember.objects.create(desk=desk, user=user, role=DeskRole.REVIEWER)
    return user


def _administrator() -> AbstractBaseUser:
    user, _ = get_user_model().objects.get_or_create(
        username="administrator", is_staff=True, is_superuser=True
    )
    return user


def _ask_for_approvals() -> None:
    """One initiative of a hundred has a request that waits."""
    asked = models.ChangeRequest.objects.values("initiative")
    rows = of_one_country().exclude(pk__in=asked)
    wanted = max(models.Initiative.objects.count() // HUNDRED, 1)
    wanted = max(wanted - models.ChangeRequest.objects.count(), 0)
    models.ChangeRequest.objects.bulk_create(_request(row) for row in rows[:wanted])


def _request(initiative: models.Initiative) -> models.ChangeRequest:
    key = list(initiative.natural_key())
    fields = {"summary_en": [initiative.summary_en, f"{initiative.summary_en} Changed."]}
    edits = [{**edit, "key": key, "fields": fields} for edit in WAITING]
    return models.ChangeRequest(initiative=initiative, model="initiative", key=key, edits=edits)
