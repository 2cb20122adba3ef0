"""What was done to several records in one save: read, decided and undone on one page."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives import actions, models
from initiatives.actions.bulk import JUST_SAVED
from initiatives.choices import ChangeSetKind, DeskRole, Language, RequestState
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.bounds import found
from initiatives.desk.admin.officer_names import officer_column
from initiatives.desk.admin.records import HistoryAdmin
from initiatives.desk.forms.record import is_key
from initiatives.desk.work_queue.addresses import of_request
from initiatives.fields.whole_text import WholeTextFormField
from initiatives.lifecycle import Status
from initiatives.models import ChangeSet
from initiatives.models.queries import one_of
from initiatives.rights import Rights

MOST_ROWS = 300
_NO_BUTTON = _(
    "Nothing was decided, as it was not said what to do. Press one of the buttons below."
)


@admin.register(models.ChangeSet)
class ChangeSetAdmin(HistoryAdmin):
    """Its page tells what came of each record and, while something waits, asks for decisions."""

    list_display = ("__str__", "entered_by", "created_at", "undone_at")
    entered_by = officer_column(models.ChangeSet, "created_by")
    list_filter = ("kind",)
    list_select_related = ("event", "created_by")
    search_fields = tuple(f"event__title_{code}" for code in Language.values)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        if is_key(object_id):
            self.get_object(request, object_id)  # 403 where it is another desk's or not there
        change_set = found(self.get_queryset(request), object_id)
        if request.method == "POST":
            return self._done(request, change_set)
        return self._page(request, change_set)

    def _done(self, request: HttpRequest, change_set: ChangeSet) -> HttpResponse:
        """Decide what waits, or take back what was brought."""
        rights = rights_of(request)
        if rights.highest < DeskRole.EDITOR:
            raise PermissionDenied
        comment = request.POST.get("comment", "").strip()
        if not _is_known(request.POST):
            return self._page(request, change_set, comment=comment, refused=[_NO_BUTTON])
        try:
            if "undo" in request.POST:
                skip = request.POST["undo"] == "others"
                return self._undone(request, change_set, rights, skip_failing=skip)
            approve = "approve" in request.POST
            comment = WholeTextFormField(required=False).clean(comment)
            number = actions.decide_together(
                change_set, rights=rights, approve=approve, comment=comment
            )
            messages.success(request, _("Decided: %(number)s.") % {"number": number})
        except IntegrityError:
            messages.error(request, JUST_SAVED)
        except ValidationError as refusal:
            return self._page(request, change_set, comment=comment, refused=refusal.messages)
        return redirect("admin:initiatives_changeset_change", change_set.pk)

    def _undone(
        self, request: HttpRequest, change_set: ChangeSet, rights: Rights, **how: Any
    ) -> HttpResponse:
        """A session with all its rows, else the statuses."""
        if change_set.kind == ChangeSetKind.SESSION:
            outcome, left = actions.undo_session(change_set, rights=rights, **how)
            return self._page(request, change_set, outcome=outcome, left=left)
        outcome = actions.undo_statuses(change_set, rights=rights, **how)
        return self._page(request, change_set, outcome=outcome)

    def _page(self, request: HttpRequest, change_set: ChangeSet, **context: Any) -> HttpResponse:
        rights = rights_of(request)
        change_set.refresh_from_db()
        waiting = _waiting(change_set, rights)
        moves, is_session = change_set.status_changes, change_set.kind == ChangeSetKind.SESSION
        context = {
            **self.admin_site.each_context(request),
            "title": str(change_set),
            "opts": self.opts,
            "change_set": change_set,
            "event_shown": self._shows_event(rights, change_set),
            "rows": _rows(change_set, rights),
            "waiting": waiting,
            "may_decide": any(one["may_decide"] for one in waiting),
            "may_take_back": any(one["is_mine"] for one in waiting),
            "is_session": is_session,
            "may_undo": change_set.undone_at is None
            and rights.highest >= DeskRole.EDITOR
            and (is_session or moves.exists() or bool(waiting)),
            **context,
        }
        return TemplateResponse(request, "admin/initiatives/change_set.html", context)

    def _shows_event(self, rights: Rights, change_set: ChangeSet) -> bool:
        event = change_set.event_id
        return event is not None and rights.to_choose(models.Event).filter(pk=event).exists()


def _is_known(sent: QueryDict) -> bool:
    """Whether exactly one of the buttons of the page was pressed."""
    pressed = [name for name in ("approve", "reject", "undo") if name in sent]
    return len(pressed) == 1 and sent.get("undo", "all") in ("all", "others")


def _rows(change_set: ChangeSet, rights: Rights) -> list[dict]:
    """What was written of each record that the officer may see; three queries, however many."""
    mine = rights.initiatives(DeskRole.VIEWER)
    own = Q(changes__change_set=change_set)
    written = ("initiativeevent", "milestone")
    counts = {
        name: Count("changes", filter=own & Q(changes__model=name, changes__action="created"))
        for name in written
    }
    made = Count("changes", filter=own & Q(changes__model="initiative", changes__action="created"))
    keys = models.Change.objects.filter(one_of(mine), change_set=change_set)
    asked = models.ChangeRequest.objects.filter(one_of(mine), change_set=change_set)
    written_of = models.Initiative.objects.filter(
        Q(pk__in=keys.values("initiative")) | Q(pk__in=asked.values("initiative"))
    )
    rows = written_of.annotate(made=made, **counts).order_by("code")[:MOST_ROWS]
    moves = {row.initiative_id: row for row in change_set.status_changes.order_by("number")}
    return [{"record": row, "move": moves.get(row.pk)} for row in rows]


def _waiting(change_set: ChangeSet, rights: Rights) -> list[dict]:
    """The requests that the officer may see, each with what they may do about it."""
    of_set = {"change_set": change_set, "state": RequestState.WAITING}
    seen = rights.rows(models.ChangeRequest).filter(**of_set)
    reviewed = rights.rows(models.ChangeRequest, DeskRole.REVIEWER).filter(**of_set)
    decided = set(reviewed.values_list("pk", flat=True))
    return [
        {
            "request": one,
            "address": of_request(one),
            "what": _what(one),
            "is_mine": one.created_by_id == rights.user.pk,
            "may_decide": one.pk in decided and one.created_by_id != rights.user.pk,
        }
        for one in seen.select_related("initiative", "created_by").order_by("key", "pk")
    ]


def _what(request: models.ChangeRequest) -> str:
    if request.to_status:
        return gettext("Status “%(status)s”") % {"status": Status(request.to_status).label}
    return gettext("Links, milestones and sources")
