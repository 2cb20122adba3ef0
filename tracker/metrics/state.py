"""What is so at this moment: what waits, and how far the register and its index are."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error
from django.db.models import Count
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from initiatives.actions.approvals import request_mails
from initiatives.choices import ImportState, Publication, RequestState
from initiatives.desk.work_queue import tasks
from initiatives.editions.index import index
from initiatives.models import ChangeRequest, DeskRow, Edition, ImportBatch, MailSubscription
from tracker.replica import reading_from


class StateCollector(Collector):
    """Seven queries, and one more for a replica. Where the primary does not answer, only that."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = [_waiting(), _tasks(), *_register()]
        except Error:
            found = []
        yield GaugeMetricFamily("tracker_database_up", "1 if the database answers.", bool(found))
        yield from found


def _waiting() -> GaugeMetricFamily:
    waiting = GaugeMetricFamily("tracker_waiting", "What waits, by queue.", labels=["queue"])
    requests = ChangeRequest.objects.filter(state=RequestState.WAITING)
    imports = ImportBatch.objects.filter(state=ImportState.PREVIEWED)
    waiting.add_metric(["requests"], requests.count())
    waiting.add_metric(["imports"], imports.count())
    waiting.add_metric(["mails"], len(request_mails.not_sent()))
    late = MailSubscription.objects.filter(due_on__lt=timezone.localdate())
    waiting.add_metric(["subscriptions"], late.count())
    return waiting


def _tasks() -> GaugeMetricFamily:
    """As the first page of the desk counts them for who sees all."""
    told = GaugeMetricFamily(
        "tracker_records_with_task", "Records with a task of officers.", labels=["task"]
    )
    rows = DeskRow.objects.exclude(publication=Publication.WITHDRAWN)
    for task, number in tasks.numbers(rows, timezone.localdate()).items():
        told.add_metric([task], number)
    return told


def _register() -> Iterator[GaugeMetricFamily]:
    labels = ["database"]
    end = GaugeMetricFamily("tracker_register_position", "End of the register.", labels=labels)
    known = GaugeMetricFamily(
        "tracker_index_position", "What the index of the asked worker knows.", labels=labels
    )
    lag = GaugeMetricFamily(
        "tracker_index_lag", "Editions that this index reads with its next reader.", labels=labels
    )
    editions = GaugeMetricFamily("tracker_editions", "Editions by kind.", labels=["kind"])
    for alias in settings.DATABASES:
        try:
            with reading_from(alias):
                newest = Edition.objects.order_by("-position").values_list("position", flat=True)
                position, here = newest.first() or 0, index.known()
        except Error:
            if alias == DEFAULT_DB_ALIAS:
                raise
            continue  # a replica that is away: its lines are missing
        end.add_metric([alias], position)
        known.add_metric([alias], here)
        lag.add_metric([alias], max(0, position - here))
    kinds = Edition.objects.order_by().values_list("kind").annotate(Count("pk"))
    for kind, number in kinds:
        editions.add_metric([kind], number)
    yield from (end, known, lag, editions)
