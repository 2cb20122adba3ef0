"""The initiatives that an officer selected, with the versions that they had on the page."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.actions import Refused
from initiatives.desk.admin.access import rights_of
from initiatives.desk.forms.record import is_key
from initiatives.models import Initiative, StatusChange
from initiatives.models.queries import InitiativeQuerySet, one_of

if TYPE_CHECKING:
    from initiatives.desk.admin.initiatives import InitiativeAdmin


MOST = 300  # selected at once
SHOWN = 100  # of them in words


@dataclass
class Selection:
    """`rows` as they are now, `seen` their versions on the page, `gone` how many have vanished,
    or are of another desk: who tries all numbers shall not tell one from the other.

    `met` are the present versions of those that somebody else changed since.
    """

    rows: list[Initiative]
    seen: dict[int, int] = field(default_factory=dict)
    gone: int = 0

    @property
    def shown(self) -> list[Initiative]:
        return self.rows[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.rows) - SHOWN, 0)

    @property
    def met(self) -> list[str]:
        return [_sent(row.pk, row.version) for row in self.rows if self._overtaken(row)]

    @property
    def hidden(self) -> list[str]:
        """What the page sends back."""
        return [_sent(row.pk, self.seen.get(row.pk, row.version)) for row in self.rows]

    def _overtaken(self, row: Initiative) -> bool:
        return self.seen.get(row.pk, row.version) != row.version


def ticked(request: HttpRequest) -> list[int]:
    """The keys that were ticked in the list; what can be no key was not."""
    keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
    if not all(map(is_key, keys)):
        raise PermissionDenied
    return list(map(int, keys))


def opened(admin: "InitiativeAdmin", request: HttpRequest) -> Selection:
    """What was ticked in the list, even what its filter would not find any more."""
    return _read(admin, request, ticked(request))


def opened_across(
    admin: "InitiativeAdmin", request: HttpRequest, queryset: InitiativeQuerySet
) -> Selection:
    """All that the list finds, on whatever page."""
    found = queryset.filter(one_of(_visible(admin, request), "pk"))
    return _read(admin, request, list(found.values_list("pk", flat=True)[: MOST + 1]))


def sent_back(admin: "InitiativeAdmin", request: HttpRequest, *, met: bool) -> Selection:
    """What the page of an act sent; with `met` the officer has looked at what others changed."""
    seen = dict(map(_parsed, request.POST.getlist("selected")))
    again = dict(map(_parsed, request.POST.getlist("met"))) if met else {}
    selection = _read(admin, request, list(seen))
    selection.seen = {**seen, **again}
    return selection


def _read(admin: "InitiativeAdmin", request: HttpRequest, keys: list[int]) -> Selection:
    if len(keys) > MOST:
        message = _("At most %(most)d records can be changed at once. Select fewer, or filter.")
        raise Refused(message, code="many", params={"most": MOST})
    recorded = StatusChange.objects.filter(initiative=OuterRef("pk"))
    rows: list[Initiative] = list(
        _visible(admin, request)
        .filter(pk__in=keys)
        .annotate(has_status=Exists(recorded))
        .order_by("code")
    )
    if not rows:
        raise Refused(_("The selected records no longer exist."), code="gone")
    return Selection(rows, gone=len(set(keys) - {row.pk for row in rows}))


def _visible(admin: "InitiativeAdmin", request: HttpRequest) -> QuerySet[Initiative]:
    """What the desk shows to the officer, whatever the address asks for."""
    mine = rights_of(request).initiatives().order_by()
    return admin.get_queryset(request).filter(one_of(mine, "pk"))


def _sent(key: int, version: int) -> str:
    return f"{key}:{version}"


def _parsed(text: str) -> tuple[int, int]:
    key, _sign, version = text.partition(":")
    if not (is_key(key) and is_key(version)):
        raise PermissionDenied
    return int(key), int(version)
