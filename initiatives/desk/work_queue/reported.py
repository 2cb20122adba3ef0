"""The section of errors that readers reported. Their words stand on the page, and in no mail."""

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.desk.work_queue import addresses
from initiatives.desk.work_queue.pieces import MOST_ITEMS, Item, Link, Section, Step
from initiatives.desk.work_queue.tasks import records
from initiatives.models import ErrorReport
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from initiatives.timeline import date_in_words


def reported(rights: Rights, *, mine: bool) -> Section:
    """Open reports about records that the officer cares for, the oldest first; two queries."""
    cared_for = records(rights, mine=mine).order_by().values("pk")
    rows = ErrorReport.objects.filter(closed_at=None, initiative__in=cared_for)
    first = rows.select_related("initiative").order_by("sent_at", "pk")[:MOST_ITEMS]
    count = rows.count()
    return Section(
        key="error_reports",
        title=_("Errors that readers reported"),
        explanation=_("Correct the record if they are right, and answer them."),
        count=count,
        items=tuple(map(_item, first)) if count else (),
        lists=(Link(_("The whole list"), addresses.of_list(ErrorReport, is_open="yes")),),
    )


def _item(report: ErrorReport) -> Item:
    day = date_in_words(PartialDate(timezone.localdate(report.sent_at)))
    return Item(
        code=report.initiative.code,
        title=report.initiative.title or "",
        address=addresses.of_record(report.initiative),
        sentences=(_("Reported on %(day)s.") % {"day": day},),
        steps=(Step(_("Read and answer"), addresses.of_request(report)),),
    )
