"""The pages, choices and queue of the desk, as an officer of one country and an administrator.

They are measured on the rows of `benchmarks.generate`, with one waiting request for each hundred
initiatives. What an officer of one country may see has to be found out for every row, so that
officer's pages are the dearest of the desk.
"""

from collections.abc import Callable
from functools import partial

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from initiatives import models
from initiatives.choices import ChangeAction, DeskRole

HUNDRED = 100  # initiatives to one request that waits
WORD = "solar"
COUNTRY = "KZ"
ON_A_PAGE = 50
MODELS = (
    "initiative event organisation source changerequest changeset importbatch sector country"
).split()
CHOICES = {  # whose form asks, for which field
    "parent": ("initiative", "parent"),
    "organisation": ("initiativeorganisation", "organisation"),
    "payer": ("funding", "provider"),
    "source": ("citation", "source"),
    "event": ("initiativeevent", "event"),
    "country": ("initiativecountry", "country"),
}
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


def pages() -> dict[str, str]:
    """Name → address: the first page, every list, form, choice and page of a record."""
    request = models.ChangeRequest.objects.earliest("pk")
    record, event = request.initiative, models.InitiativeEvent.objects.earliest("pk")
    own = ("change", "history", "status")
    return {
        "first page": reverse("admin:index"),
        "first page of the desk": f"{reverse('admin:index')}?of=desk",
        "search": f"{reverse('admin:search')}?q={WORD}",
        **{f"list, {name}": _of(name, "changelist") for name in MODELS},
        "list, initiative, word": f"{_of('initiative', 'changelist')}?q={WORD}",
        "list, organisation, word": f"{_of('organisation', 'changelist')}?q=bank",
        "list, initiative, last page": f"{_of('initiative', 'changelist')}?p={_last_page()}",
        "new initiative": _of("initiative", "add"),
        **{f"initiative, {name}": _of("initiative", name, record.pk) for name in own},
        "request": _of("changerequest", "change", request.pk),
        "event": _of("event", "change", event.event_id),
        "session": reverse("admin:initiatives_event_session"),
        **{f"choice, {name}": _choice(*asked) for name, asked in CHOICES.items()},
        **{f"choice, {name}, word": _choice(*asked, WORD) for name, asked in CHOICES.items()},
    }


def open_page(client: Client, address: str) -> bytes:
    """The page. Raises SystemExit if it is not there."""
    answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code} and cannot be measured.")
    return answer.getvalue()


def _of(model: str, page: str, *key: int) -> str:
    return reverse(f"admin:initiatives_{model}_{page}", args=key)


def _choice(model: str, field: str, word: str = "") -> str:
    at = reverse("admin:autocomplete")
    return f"{at}?term={word}&app_label=initiatives&model_name={model}&field_name={field}"


def _last_page() -> int:
    """Of what the officer of one country sees: the list goes to its own last page."""
    return max((_of_one_country().count() - 1) // ON_A_PAGE, 0) + 1


def _of_one_country() -> QuerySet:
    covered = models.InitiativeCountry.objects.filter(country__iso2=COUNTRY)
    return models.Initiative.objects.filter(pk__in=covered.values("initiative"))


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
    rows = _of_one_country().exclude(pk__in=asked)
    wanted = max(models.Initiative.objects.count() // HUNDRED, 1)
    wanted = max(wanted - models.ChangeRequest.objects.count(), 0)
    models.ChangeRequest.objects.bulk_create(_request(row) for row in rows[:wanted])


def _request(initiative: models.Initiative) -> models.ChangeRequest:
    key = list(initiative.natural_key())
    fields = {"summary_en": [initiative.summary_en, f"{initiative.summary_en} Changed."]}
    edits = [{**edit, "key": key, "fields": fields} for edit in WAITING]
    return models.ChangeRequest(initiative=initiative, model="initiative", key=key, edits=edits)
