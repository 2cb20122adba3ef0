"""The addresses of the desk that are measured: the first page, every list with its last page, its
word and its filters, every choice, form, and page of a record."""

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse

from initiatives import models

WORD = "solar"
COUNTRY = "KZ"
ON_A_PAGE = 50
_SEARCHED = {  # list → a word that some of its rows have
    "initiative": WORD,
    "event": "tashkent",
    "organisation": "bank",
    "source": "document",
    "changerequest": WORD,
    "milestone": "study",
    "funding": WORD,
    "citation": "document",
    "change": WORD,
    "daterevision": WORD,
    "statuschange": WORD,
}
_NARROWED = {  # name → list and what is asked of it
    "mine": ("initiative", "work=mine"),
    "overdue": ("initiative", "flag=overdue"),
    "unsourced": ("initiative", "flag=unsourced"),
    "waiting": ("initiative", "waiting=yes"),
    "one country": ("initiative", "countries__country__id__exact=1"),
    "in progress": ("initiative", "status__exact=in_progress"),
    "by title": ("initiative", "o=2"),
    "banks": ("organisation", "kind__exact=bank"),
    "held": ("event", "state__exact=held"),
    "public": ("source", "is_public__exact=1"),
}
_CHOICES = {  # whose form asks, for which field
    "parent": ("initiative", "parent"),
    "organisation": ("initiativeorganisation", "organisation"),
    "payer": ("funding", "provider"),
    "source": ("citation", "source"),
    "event": ("initiativeevent", "event"),
    "country": ("initiativecountry", "country"),
    "sector": ("initiativesector", "sector"),
    "guest": ("event", "organisations"),
    "initiative of an event": ("initiativeevent", "initiative"),
}


def pages() -> dict[str, str]:
    """Name → address."""
    return _entrances() | _lists() | _records() | _choices()


def of_one_country() -> QuerySet:
    """The initiatives that the officer of one country sees."""
    covered = models.InitiativeCountry.objects.filter(country__iso2=COUNTRY)
    return models.Initiative.objects.filter(pk__in=covered.values("initiative"))


def _entrances() -> dict[str, str]:
    search = reverse("admin:search")
    return {
        "first page": reverse("admin:index"),
        "first page of the desk": f"{reverse('admin:index')}?of=desk",
        "search": f"{search}?q={WORD}",
        "search, nothing found": f"{search}?q=nowhere",
        "search, recent records": search,
        "own mail": reverse("admin:mail"),
    }


def _lists() -> dict[str, str]:
    registered = sorted(model._meta.model_name for model in admin.site._registry if _is_ours(model))
    at = {name: _of(name, "changelist") for name in registered}
    narrowed = {
        f"list, {name}, {how}": f"{at[name]}?{asked}" for how, (name, asked) in _NARROWED.items()
    }
    return {
        **{f"list, {name}": address for name, address in at.items()},
        **{f"list, {name}, word": f"{at[name]}?q={word}" for name, word in _SEARCHED.items()},
        **narrowed,
        "list, initiative, last page": f"{at['initiative']}?p={_last_page()}",
        "list, organisation, second page": f"{at['organisation']}?p=2",
    }


def _is_ours(model: type) -> bool:
    """Whether every officer has the list: the audit is for administrators."""
    return model._meta.app_label == "initiatives" and model is not models.AccountEvent


def _records() -> dict[str, str]:
    request = models.ChangeRequest.objects.earliest("pk")
    record, event = request.initiative, models.InitiativeEvent.objects.earliest("pk").event
    rows = {
        "organisation": models.InitiativeOrganisation.objects.earliest("pk").organisation,
        "source": models.Citation.objects.earliest("pk").source,
        "event": event,
        "initiative": record,
    }
    return {
        **{f"new {name}": _of(name, "add") for name in rows},
        **{f"{name}, {own}": _of(name, own, row.pk) for name, row in rows.items() for own in _OWN},
        "initiative, status": _of("initiative", "status", record.pk),
        "request": _of("changerequest", "change", request.pk),
        "session": reverse("admin:initiatives_event_session"),
        "import, send": reverse("admin:initiatives_importbatch_send"),
    }


_OWN = ("change", "history")


def _choices() -> dict[str, str]:
    return {
        **{f"choice, {name}": _choice(*asked) for name, asked in _CHOICES.items()},
        **{f"choice, {name}, word": _choice(*asked, WORD) for name, asked in _CHOICES.items()},
    }


def _of(model: str, page: str, *key: int) -> str:
    return reverse(f"admin:initiatives_{model}_{page}", args=key)


def _choice(model: str, field: str, word: str = "") -> str:
    at = reverse("admin:autocomplete")
    return f"{at}?term={word}&app_label=initiatives&model_name={model}&field_name={field}"


def _last_page() -> int:
    """Of what the officer of one country sees: the list goes to its own last page."""
    return max((of_one_country().count() - 1) // ON_A_PAGE, 0) + 1
