"""The sections of public sources whose address is dead or has moved."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import AddressState
from initiatives.desk.work_queue import addresses
from initiatives.desk.work_queue.pieces import MOST_ITEMS, Item, Link, Section, Step
from initiatives.models import Source, SourceCheck
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from initiatives.timeline import date_in_words


def checked_addresses(rights: Rights) -> list[Section]:
    """Two queries, and two more for each section in which there is something."""
    cared_for = rights.cared_for_sources().order_by().values("pk")
    rows = SourceCheck.objects.filter(source__in=cared_for)
    dead = rows.to_settle(AddressState.DEAD).order_by("failed_since", "pk")
    moved = rows.to_settle(AddressState.MOVED).order_by("checked_at", "pk")
    return [
        _section(
            dead,
            key="dead_sources",
            title=_("Sources whose address is dead"),
            explanation=_("Readers find nothing there. An archived copy keeps the evidence."),
            state=AddressState.DEAD,
        ),
        _section(
            moved,
            key="moved_sources",
            title=_("Sources whose address has moved"),
            explanation=_("The old address leads on for good; it may stop to do so."),
            state=AddressState.MOVED,
        ),
    ]


def _section(
    rows: QuerySet[SourceCheck], *, state: str, key: str, title: str, explanation: str
) -> Section:
    first = list(rows.select_related("source")[: MOST_ITEMS + 1])
    count = len(first) if len(first) <= MOST_ITEMS else rows.count()
    every = addresses.of_list(Source, address=state)
    return Section(
        key=key,
        title=title,
        explanation=explanation,
        count=count,
        items=tuple(map(_item, first[:MOST_ITEMS])),
        lists=(Link(_("The whole list"), every),),
    )


def _item(check: SourceCheck) -> Item:
    return Item(
        code=check.source.slug,
        title=check.source.title,
        address=addresses.of_source(check.source),
        sentences=tuple(_sentences(check)),
        steps=tuple(_steps(check)),
    )


def _sentences(check: SourceCheck) -> Iterator[str]:
    told = {"address": check.address, "day": _day(check), "status": check.status}
    if check.state == AddressState.MOVED:
        yield _("%(address)s leads to %(new)s.") % {**told, "new": check.new_address}
        return
    if check.status:
        yield _("%(address)s answers %(status)s since %(day)s.") % told
    else:
        yield _("%(address)s does not answer since %(day)s.") % told
    if check.archived_copy:
        yield _("The archive has a copy: %(copy)s") % {"copy": check.archived_copy}
    elif check.source.archived_url:
        text = _("The source names an archived copy: %(copy)s")
        yield text % {"copy": check.source.archived_url}
    else:
        yield _("The archive was asked and offers no copy.")


def _day(check: SourceCheck) -> str:
    at = check.failed_since or check.checked_at
    return date_in_words(PartialDate(timezone.localdate(at)))


def _steps(check: SourceCheck) -> Iterator[Step]:
    source = check.source
    if check.state == AddressState.DEAD and check.archived_copy:
        yield Step(
            _("Take the archived copy"), addresses.of_source_step(source, "copy"), posts=True
        )
    if check.state == AddressState.MOVED:
        yield Step(_("Take the new address"), addresses.of_source_step(source, "new"), posts=True)
    yield Step(_("Open the source"), addresses.of_source(source))
    yield Step(_("Leave it as it is"), addresses.of_source_step(source, "keep"), posts=True)
