"""The sections of requests: those to decide, those that were refused, and the officer's own."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import DeskRole, Publication, RequestKind, RequestState
from initiatives.desk.work_queue import addresses
from initiatives.desk.work_queue.pieces import MOST_ITEMS, Item, Link, Section, Step
from initiatives.lifecycle import Status
from initiatives.models import ChangeRequest
from initiatives.models.queries import InitiativeQuerySet
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from initiatives.timeline import date_in_words, names_of, told
from initiatives.timeline.embargo import embargo_in_words
from initiatives.timeline.names import name_of

REMEMBERED_DAYS = 30  # so long a refusal waits to be mended


def with_waiting(rows: InitiativeQuerySet) -> InitiativeQuerySet:
    """The initiatives among `rows` of which something waits for a decision."""
    of_this = {"initiative": OuterRef("pk"), "state": RequestState.WAITING}
    return rows.filter(Exists(ChangeRequest.objects.filter(**of_this)))


def waiting(rights: Rights) -> Section:
    """What others ask and the officer may decide, the longest waiting first."""
    rows = rights.rows(ChangeRequest, DeskRole.REVIEWER).exclude(created_by=rights.user.pk)
    return _section(
        rights,
        _waiting(rows),
        _("Decide"),
        key="waiting",
        title=_("Waits for your decision"),
        explanation=_("Another officer asks for it; it becomes public when you approve."),
    )


def waiting_item(rights: Rights, key: int) -> Item | None:
    """The request with this key; None where it is not, or no more, for the officer to decide."""
    rows = rights.rows(ChangeRequest, DeskRole.REVIEWER).exclude(created_by=rights.user.pk)
    found = _named(_with_people(_waiting(rows).filter(pk=key)), rights)
    allowed = found and rights.may_decide(found[0][0])
    return _item(*found[0], _("Decide")) if allowed else None


def asked(rights: Rights) -> Section:
    """What the officer asks and others have not decided yet."""
    return _section(
        rights,
        _waiting(_own(rights)),
        _("See the request"),
        key="asked",
        title=_("Asked for by you, not decided yet"),
        explanation=_("Somebody else has to decide. You can take back what you asked for."),
        is_task=False,
    )


def rejected(rights: Rights, today: date) -> Section:
    """What was refused to the officer and not asked for anew, the oldest refusal first."""
    since = timezone.make_aware(datetime.combine(today - timedelta(days=REMEMBERED_DAYS), time.min))
    found = sorted(_unmended(rights, since), key=attrgetter("decided_at"))
    return Section(
        key="rejected",
        title=_("Not approved: to be corrected"),
        explanation=_("What you asked for was refused; the comment says what is missing."),
        count=len(found),
        items=tuple(_refused(*named) for named in _named(found[:MOST_ITEMS], rights)),
        lists=_lists(RequestState.REJECTED) if found else (),
    )


def _own(rights: Rights) -> QuerySet[ChangeRequest]:
    return rights.rows(ChangeRequest).filter(created_by=rights.user.pk)


def _waiting(
    rows: QuerySet[ChangeRequest],
) -> QuerySet[ChangeRequest]:
    return rows.filter(state=RequestState.WAITING).order_by("created_at", "pk")


def _section(rights: Rights, rows: QuerySet[ChangeRequest], label: str, **words: Any) -> Section:
    count, first = rows.count(), _with_people(rows)[:MOST_ITEMS]
    return Section(
        count=count,
        items=tuple(_item(*named, label) for named in _named(first, rights)),
        lists=_lists(RequestState.WAITING) if count else (),
        **words,
    )


def _named(requests: Iterable[ChangeRequest], rights: Rights) -> list[tuple[ChangeRequest, str]]:
    """The `requests`, each with what its record is called where it belongs to no initiative."""
    requests = list(requests)
    names = names_of(requests, rights=rights)
    return [(request, names.get(request.pk, "")) for request in requests]


def _with_people(
    rows: QuerySet[ChangeRequest],
) -> QuerySet[ChangeRequest]:
    return rows.select_related("initiative", "created_by", "approver")


def _lists(state: RequestState) -> tuple[Link, ...]:
    return (Link(_("All changes"), addresses.of_requests(ChangeRequest, state)),)


def _unmended(rights: Rights, since: datetime) -> Iterator[ChangeRequest]:
    """Requests that others refused since then, unless the same was asked again or came about."""
    refused = Q(state=RequestState.REJECTED, decided_at__gte=since)
    mine = list(_with_people(_own(rights).filter(refused | Q(created_at__gte=since))))
    # Of several about the same thing only the last one counts.
    last = {_thing(one): one.created_at for one in sorted(mine, key=lambda one: one.created_at)}
    for request in mine:
        taken_back = request.approver_id == rights.user.pk
        if request.state != RequestState.REJECTED or taken_back or _is_settled(request):
            continue
        if request.decided_at is not None and last[_thing(request)] <= request.decided_at:
            yield request


def _thing(request: ChangeRequest) -> tuple:
    """What a request is about; a further one about the same takes its place."""
    return (request.kind, request.model, *request.key)


def _is_settled(request: ChangeRequest) -> bool:
    """A record that is no longer a draft went its way without this request."""
    if request.kind != RequestKind.PUBLICATION or request.initiative is None:
        return False
    return request.initiative.publication != Publication.DRAFT


def _refused(request: ChangeRequest, called: str) -> Item:
    text = _("%(what)s, refused by %(who)s (%(when)s).")
    said = _said(request, text, request.approver, request.decided_at)
    return _made(request, called, said, _("See the request"), note=request.comment or "")


def _item(request: ChangeRequest, called: str, label: str) -> Item:
    text = _("%(what)s, asked for by %(who)s (%(when)s).")
    return _made(
        request, called, _said(request, text, request.created_by, request.created_at), label
    )


def _said(request: ChangeRequest, text: str, who: User | None, when: datetime | None) -> str:
    day = date_in_words(PartialDate(timezone.localdate(when)))
    return text % {"what": _what(request), "who": _name(who), "when": day}


def _made(request: ChangeRequest, called: str, sentence: str, label: str, note: str = "") -> Item:
    initiative = request.initiative
    return Item(
        code=initiative.code if initiative else called,
        title=told(initiative, "title")[0] if initiative else _kind_of_record(request),
        address=addresses.of_record(initiative) if initiative else "",
        sentences=(sentence,),
        badge=embargo_in_words(initiative.embargo_until) if initiative else "",
        steps=tuple(_steps(request, label)),
        note=note,
    )


def _steps(request: ChangeRequest, label: str) -> Iterator[Step]:
    """What came with others is decided with them on one page, or by itself."""
    if request.change_set_id is not None:
        yield Step(_("See all of the joint entry"), addresses.of_change_set(request.change_set_id))
    yield Step(label, addresses.of_request(request))


def _what(request: ChangeRequest) -> str:
    if to := request.to_status:
        return _("Status “%(status)s”") % {"status": Status(to).label}
    return request.get_kind_display()


def _name(user: User | None) -> str:
    return name_of(user) if user else "–"


def _kind_of_record(request: ChangeRequest) -> str:
    return str(apps.get_model("initiatives", request.model)._meta.verbose_name)
