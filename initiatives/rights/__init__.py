"""Who may do what at the desk: the role that an officer has on the desks that cover a record.

Every door of the desk asks here, lists and addresses alike. Superusers may do everything.
"""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from initiatives.choices import DeskRole
from initiatives.models import (
    Change,
    ChangeRequest,
    ChangeSet,
    Citation,
    Country,
    Desk,
    DeskRow,
    Event,
    ImportBatch,
    ImportRow,
    Initiative,
    Organisation,
    Sector,
    Source,
)
from initiatives.models.queries import one_of
from initiatives.rights import visible_rows
from initiatives.rights.affected_records import affected_records
from initiatives.rights.memberships import Membership, memberships_of
from initiatives.rights.request_visibility import seen_requests

__all__ = ["NOBODY", "Membership", "Rights", "visible_rows"]

NOBODY = 0  # less than any role
LISTS = (Country, Sector)  # everybody sees them, only superusers edit them
SHARED = {
    Event: visible_rows.events,
    Organisation: visible_rows.organisations,
    Source: visible_rows.sources,
}


class Rights:
    """What `user` may do. The desks are read once, so make one for each request."""

    def __init__(self, user: Any) -> None:
        # The account, nobody who is known, or None where no account stands behind it.
        self.user = user
        self.is_superuser = bool(user.is_active and user.is_superuser)
        # To put one together takes milliseconds, and a form asks for the same ones in each field.
        self._rows: dict[tuple[type[Model], int], QuerySet[Any]] = {}

    @classmethod
    def of_system(cls) -> "Rights":
        """Those of a command of the server, behind which no account stands: all of them."""
        rights = cls(AnonymousUser())
        rights.user, rights.is_superuser = None, True
        return rights

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        return tuple(memberships_of(self.user)) if self.user.is_active else ()

    @property
    def highest(self) -> int:
        """The highest role on any desk."""
        if self.is_superuser:
            return DeskRole.PUBLISHER
        return max((membership.role for membership in self.memberships), default=NOBODY)

    def at_least(self, role: int) -> tuple[Membership, ...]:
        return tuple(membership for membership in self.memberships if membership.role >= role)

    def desks(self, role: int = DeskRole.VIEWER) -> QuerySet[Desk]:
        """The desks on which the officer has at least `role`."""
        if self.is_superuser:
            return Desk.objects.all()
        return Desk.objects.filter(pk__in=[membership.desk for membership in self.at_least(role)])

    def initiatives(self, role: int = DeskRole.VIEWER) -> QuerySet[Initiative]:
        """The initiatives on which the officer has at least `role`, published or not."""
        return (
            Initiative.objects.all()
            if self.is_superuser
            else visible_rows.initiatives(self.at_least(role))
        )

    def desk_rows(self, role: int = DeskRole.VIEWER) -> QuerySet[DeskRow]:
        """What is stored of the same initiatives for questions about all of them."""
        rows = DeskRow.objects.all()
        if self.is_superuser:
            return rows
        return rows.filter(visible_rows.covered(self.at_least(role)))

    def role_on(self, initiative: Initiative) -> int:
        """The highest role on the desks that cover `initiative`; NOBODY is less than any."""
        if self.is_superuser:
            return DeskRole.PUBLISHER
        for role in sorted({membership.role for membership in self.memberships}, reverse=True):
            if self.initiatives(role).filter(pk=initiative.pk).exists():
                return role
        return NOBODY

    def rows(self, model: type[Model], role: int = DeskRole.VIEWER) -> QuerySet[Any]:
        """The rows of `model` on which the officer has at least `role`."""
        if (model, role) not in self._rows:
            self._rows[model, role] = self._rows_of(model, role)
        return self._rows[model, role].all()

    def _rows_of(self, model: type[Model], role: int) -> QuerySet[Any]:
        rows = model._default_manager.all()
        if self.is_superuser:
            return rows
        if model in LISTS:
            return rows if self.highest and role == DeskRole.VIEWER else rows.none()
        return self._narrowed(rows, self.at_least(role), role)

    def _narrowed(
        self, rows: QuerySet[Any], memberships: tuple[Membership, ...], role: int
    ) -> QuerySet[Any]:
        model = rows.model
        if not memberships:
            return rows.none()
        if model in (*SHARED, Citation) and _cover_all(memberships):
            return rows  # each belongs to records, and all are covered, or to none
        if model in SHARED:
            # Everybody may see and propose what is public; only whose it is decides on it.
            return SHARED[model](memberships, self.user, public=role < DeskRole.REVIEWER)
        if model is Initiative:
            return self.initiatives(role)
        if model is Desk:
            return self.desks(role) if role == DeskRole.VIEWER else rows.none()
        mine = self.initiatives(role)
        if model is Citation:
            proposing = role < DeskRole.REVIEWER
            events = visible_rows.events(memberships, self.user, public=proposing)
            return rows.filter(visible_rows.claims_of(mine, events))
        if model is ImportBatch:
            return rows.filter(created_by=self.user)
        if model is ImportRow:
            return rows.filter(batch__created_by=self.user)
        if model is ChangeSet:
            return rows.filter(self._sets_of(mine))
        if model is ChangeRequest:
            return rows.filter(one_of(mine) | Q(pk__in=seen_requests(self, role)))
        if any(field.name == "initiative" for field in model._meta.fields):
            return rows.filter(one_of(mine))
        return rows.none()

    def _sets_of(self, initiatives: QuerySet[Initiative]) -> Q:
        """Joint entries of one's own, and those that touch one of `initiatives`."""
        of_set = {"change_set": OuterRef("pk")}
        touched = Exists(Change.objects.filter(one_of(initiatives), **of_set))
        asked = Exists(ChangeRequest.objects.filter(one_of(initiatives), **of_set))
        return Q(created_by=self.user) | touched | asked

    def cared_for_sources(self) -> QuerySet[Source]:
        """The public sources that records of the desks cite on which the officer edits."""
        shown = visible_rows.published_sources()
        if self.is_superuser:
            return shown
        editing = self.at_least(DeskRole.EDITOR)
        if not editing:
            return Source.objects.none()
        if _cover_all(editing):
            return shown
        own = visible_rows.sources(editing, self.user, public=False)
        return shown.filter(pk__in=own.order_by().values("pk"))

    def sources_to_read(self) -> QuerySet[Source]:
        """The sources whose documents for the desk only the officer may have: those that records or
        events of their desks cite, those that nothing cites, and those that they recorded.

        That the public meets a source somewhere does not open what only its desk is to read.
        """
        if self.is_superuser:
            return Source.objects.all()
        seeing = self.at_least(DeskRole.VIEWER)
        if _cover_all(seeing):
            return Source.objects.all()
        if not seeing:
            return Source.objects.none()
        own = visible_rows.sources(seeing, self.user, public=False)
        return own | Source.objects.filter(created_by=self.user.pk)

    def to_choose(self, model: type[Model]) -> QuerySet[Any]:
        """The rows of `model` that the officer may see and point to: also the public events."""
        rows = self.rows(model)
        return rows | Event.objects.published() if model is Event and self.highest else rows

    def has(self, role: int, row: Model | None) -> bool:
        """Whether the officer has at least `role` on `row`; on a new row, on any desk at all."""
        if self.is_superuser:
            return True
        if row is None or row.pk is None:
            return self.highest >= role
        return self.rows(type(row), role).filter(pk=row.pk).exists()

    def may_publish(self, initiative: Initiative) -> bool:
        """Whether the officer may show `initiative` to the public without asking anybody.

        One that belongs to a desk takes a publisher of that desk, or of one that covers everything:
        whoever edits a draft may give it the country of a desk on which they may more.
        """
        memberships = self.at_least(DeskRole.PUBLISHER)
        if self.is_superuser or _cover_all(memberships):
            return True
        own = Q(desk=None) | Q(desk__in=[membership.desk for membership in memberships])
        return visible_rows.initiatives(memberships).filter(own, pk=initiative.pk).exists()

    def may_decide(self, change_request: ChangeRequest) -> bool:
        """Whether the officer may approve or reject what somebody else asks for.

        It takes a reviewer of each record on which the edits show.
        """
        if self.is_superuser:
            return True
        page = change_request if change_request.initiative is None else change_request.initiative
        records = {
            row.pk for row in affected_records(change_request.edits) if isinstance(row, Initiative)
        }
        mine = self.initiatives(DeskRole.REVIEWER).filter(pk__in=records)
        return self.has(DeskRole.REVIEWER, page) and mine.count() == len(records)


def _cover_all(memberships: tuple[Membership, ...]) -> bool:
    """Whether all is of a desk of theirs, so that nothing need be asked of its links."""
    return any(membership.covers_all for membership in memberships)
