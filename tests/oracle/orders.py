"""The orders of a list as the database makes them."""

from django.db import connection
from django.db.models import (
    Case,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Lower, NullIf
from django.utils import timezone
from django.utils.translation import get_language

from initiatives.editions.index.orders import COMPARED_MONEY
from initiatives.editions.index.titles import reading_order
from initiatives.lifecycle import Status
from initiatives.models import DateRevision, Funding, Initiative
from initiatives.text.alphabets import in_alphabet


class Alphabetical(Lower):
    """Text in the order of the reader's alphabet, where the database knows it.

    PostgreSQL does if it was built with ICU, as distributions do; there Kazakh ә follows а.
    SQLite knows none, see `_title`.
    """

    def as_postgresql(self, compiler, connection, **extra):
        collation = f"{get_language()}-x-icu"
        template = f'%(function)s(%(expressions)s COLLATE "{collation}")'
        return self.as_sql(compiler, connection, template=template, **extra)


def sort(queryset, order: str):
    """`queryset` in one of the orders of `ORDERS`."""
    expression = _EXPRESSIONS[order.removeprefix("-")]()
    direction = expression.desc if order.startswith("-") else expression.asc
    return queryset.order_by(direction(nulls_last=True), "code")


def _title():
    """The title that the reader sees: in their language, else in the languages it falls back to."""
    titles = (NullIf(f"title_{name}", Value("")) for name in reading_order(get_language()))
    shown = Coalesce(*titles, output_field=TextField())
    if connection.vendor == "postgresql":
        return Alphabetical(shown)
    texts = Initiative.objects.annotate(shown=shown).filter(shown__isnull=False)
    keys = {pk: in_alphabet(text, get_language()) for pk, text in texts.values_list("pk", "shown")}
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
    return _numbers({pk: ranks[key] for pk, key in keys.items()})


def _status():
    return Case(*(When(status=status, then=place) for place, status in enumerate(Status)))


def _amount():
    """The largest single amount that was announced, pledged, committed, disbursed or spent.

    In US dollars.

    Amounts are never added up, since a pledge and the payments that fulfil it are the same money.
    An amount in another currency counts at its recorded rate; without one it cannot be compared,
    and comes last like an undisclosed one. Of a range the lower amount counts.
    """
    dollars = Case(
        When(currency="USD", then=Cast("amount", FloatField())),
        When(
            usd_rate__isnull=False,
            then=Cast("amount", FloatField()) * Cast("usd_rate", FloatField()),
        ),
    )
    money = Funding.objects.filter(Q(type__in=COMPARED_MONEY), initiative=OuterRef("pk"))
    largest = money.order_by().values("initiative").annotate(largest=Max(dollars))
    return Subquery(largest.values("largest"))


def moves_of(field):
    """By initiative and milestone the last possible days of what a promised date was before its
    first move and is now, None if it is no more."""
    moved = DateRevision.objects.filter(field=field, old__isnull=False)
    found = {}
    for row in moved.order_by("-recorded_at", "-number").select_related("initiative", "milestone"):
        now = getattr(row.milestone or row.initiative, field)
        found[row.initiative_id, row.milestone_id] = row.old.last, now and now.last
    return found


def _late_by():
    rows = Initiative.objects.with_flag("overdue").values_list("pk", "planned_end")
    return _numbers({pk: (timezone.localdate() - end.last).days for pk, end in rows})


def _moved_by():
    moves = moves_of("planned_end").items()
    return _numbers({pk: (now - first).days for (pk, _step), (first, now) in moves if now})


def _numbers(by_key):
    known = (When(pk=pk, then=Value(number)) for pk, number in by_key.items())
    return Case(*known, default=Value(None), output_field=IntegerField())


_EXPRESSIONS = {
    "status": _status,
    "title": _title,
    "updated": lambda: F("updated_at"),
    "start": lambda: Coalesce("actual_start", "planned_start"),
    "end": lambda: Coalesce("actual_end", "planned_end"),
    "amount": _amount,
    "late_by": _late_by,
    "moved_by": _moved_by,
}
