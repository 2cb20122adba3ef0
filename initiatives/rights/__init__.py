"""Who may do what at the desk: the role that an officer has on the desks that cover a record.

Every door of the desk asks here, lists and addresses alike. Superusers may do everything.
"""

from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from initiatives.choices import DeskRole
from initiatives.models import (
    ChangeRequest,
    Citation,
    Country,
    Desk,
    Event,
    ImportBatch,
    ImportRow,
    Initiative,
    Organisation,
    Sector,
    Source,
)
from initiatives.rights import covered
from initiatives.rights.asked import seen_requests
from initiatives.rights.seats import Seat, seats_of
from initiatives.rights.touched import touched

__all__ = ["NOBODY", "Rights", "Seat", "covered"]

NOBODY = 0  # less than any role
LISTS = (Country, Sector)  # everybody sees them, only superusers edit them
SHARED = {Event: covered.events, Organisation: covered.organisations, Source: covered.sources}


class Rights:
    """What `user` may do. The desks are read once, so make one for each request."""

    def __init__(self, user) -> None:
        self.user = user
        self.is_chief = bool(user.is_active and user.is_superuser)

    @classmethod
    def of_system(cls) -> "Rights":
        """Those of a command of the server, behind which no account stands: all of them."""
        rights = cls(AnonymousUser())
        rights.user, rights.is_chief = None, True
        return rights

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(seats_of(self.user)) if self.user.is_active else ()

    @property
    def highest(self) -> int:
        """The highest role on any desk."""
        if self.is_chief:
            return DeskRole.PUBLISHER
        return max((seat.role for seat in self.seats), default=NOBODY)

    def at_least(self, role: int) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.role >= role)

    def desks(self, role: int = DeskRole.VIEWER) -> QuerySet[Desk]:
        """The desks on which the officer has at least `role`."""
        if self.is_chief:
            return Desk.objects.all()
        return Desk.objects.filter(pk__in=[seat.desk for seat in self.at_least(role)])

    def initiatives(self, role: int = DeskRole.VIEWER) -> QuerySet[Initiative]:
        """The initiatives on which the officer has at least `role`, published or not."""
        return (
            Initiative.objects.all() if self.is_chief else covered.initiatives(self.at_least(role))
        )

    def role_on(self, initiative: Initiative) -> int:
        """The highest role on the desks that cover `initiative`; NOBODY is less than any."""
        if self.is_chief:
            return DeskRole.PUBLISHER
        for role in sorted({seat.role for seat in self.seats}, reverse=True):
            if self.initiatives(role).filter(pk=initiative.pk).exists():
                return role
        return NOBODY

    def rows(self, model: type[Model], role: int = DeskRole.VIEWER) -> QuerySet:
        """The rows of `model` on which the officer has at least `role`."""
        rows = model._default_manager.all()
        if self.is_chief:
            return rows
        if model in LISTS:
            return rows if self.highest and role == DeskRole.VIEWER else rows.none()
        return self._narrowed(rows, self.at_least(role), role)

    def _narrowed(self, rows, seats, role):
        model = rows.model
        if not seats:
            return rows.none()
        if model in SHARED:
            # Everybody may see and propose what is public; only whose it is decides on it.
            return SHARED[model](seats, self.user, public=role < DeskRole.REVIEWER)
        if model is Initiative:
            return self.initiatives(role)
        if model is Desk:
            return self.desks(role) if role == DeskRole.VIEWER else rows.none()
        mine = self.initiatives(role)
        if model is Citation:
            proposing = role < DeskRole.REVIEWER
            events = covered.events(seats, self.user, public=proposing)
            return rows.filter(covered.claims_of(mine, events))
        if model is ImportBatch:
            return rows.filter(created_by=self.user)
        if model is ImportRow:
            return rows.filter(batch__created_by=self.user)
        if model is ChangeRequest:
            return rows.filter(Q(initiative__in=mine) | Q(pk__in=seen_requests(self, role)))
        if any(field.name == "initiative" for field in model._meta.fields):
            return rows.filter(initiative__in=mine)
        return rows.none()

    def to_choose(self, model: type[Model]) -> QuerySet:
        """The rows of `model` that the officer may see and point to: also the public events."""
        rows = self.rows(model)
        return rows | Event.objects.published() if model is Event and self.highest else rows

    def has(self, role: int, row: Model | None) -> bool:
        """Whether the officer has at least `role` on `row`; on a new row, on any desk at all."""
        if self.is_chief:
            return True
        if row is None or row.pk is None:
            return self.highest >= role
        return self.rows(type(row), role).filter(pk=row.pk).exists()

    def may_publish(self, initiative: Initiative) -> bool:
        """Whether the officer may show `initiative` to the public without asking anybody.

        One that belongs to a desk takes a publisher of that desk, or of one that covers everything:
        whoever edits a draft may give it the country of a desk on which they may more.
        """
        seats = self.at_least(DeskRole.PUBLISHER)
        if self.is_chief or any(seat.covers_all for seat in seats):
            return True
        own = Q(desk=None) | Q(desk__in=[seat.desk for seat in seats])
        return covered.initiatives(seats).filter(own, pk=initiative.pk).exists()

    def may_decide(self, asked: ChangeRequest) -> bool:
        """Whether the officer may approve or reject what somebody else asks for.

        It takes a reviewer of each record on which the edits show.
        """
        if self.is_chief:
            return True
        page = asked if asked.initiative is None else asked.initiative
        records = {row.pk for row in touched(asked.edits) if isinstance(row, Initiative)}
        mine = self.initiatives(DeskRole.REVIEWER).filter(pk__in=records)
        return self.has(DeskRole.REVIEWER, page) and mine.count() == len(records)
