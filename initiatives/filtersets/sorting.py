"""The orders of a list. What is not known comes last in both directions; ties go by code."""

from django.db.models import Case, F, FloatField, Max, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Lower, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.editions.index.alphabets import collation_of, reading_order
from initiatives.editions.index.orders import COMPARED_MONEY
from initiatives.lifecycle import Status
from initiatives.models import Funding

DEFAULT = "-updated"
ORDERS = [
    ("-updated", _("Last changed first")),
    ("updated", _("First changed first")),
    ("title", _("Title, A to Z")),
    ("-title", _("Title, Z to A")),
    ("status", _("Status, planned first")),
    ("-status", _("Status, cancelled first")),
    ("start", _("Earliest start first")),
    ("-start", _("Latest start first")),
    ("end", _("Earliest end first")),
    ("-end", _("Latest end first")),
    ("-amount", _("Largest amount first")),
    ("amount", _("Smallest amount first")),
]
ALWAYS_KNOWN = {"updated", "status"}


class Alphabetical(Lower):
    """Text in the order of the reader's alphabet, where the database knows it.

    PostgreSQL does if it was built with ICU, as distributions do; there Kazakh ә follows а.
    SQLite compares code points, and so does PostgreSQL without ICU.
    """

    def as_postgresql(self, compiler, connection, **extra):
        collation = collation_of(get_language())
        template = f'%(function)s(%(expressions)s COLLATE "{collation}")'
        return self.as_sql(compiler, connection, template=template, **extra)


def sort(queryset, order: str, *, status: str = "status"):
    """`queryset` in one of the orders of `ORDERS`; `status` is the column that holds the status."""
    key, expression = order.removeprefix("-"), expression_of(order, status=status)
    direction = expression.desc if order.startswith("-") else expression.asc
    # Where nothing is unknown, saying so would keep PostgreSQL from using the index.
    nulls_last = None if key in ALWAYS_KNOWN else True
    return queryset.order_by(direction(nulls_last=nulls_last), "code")


def expression_of(order: str, *, status: str = "status"):
    """What one of `ORDERS` compares, whatever its direction."""
    key = order.removeprefix("-")
    return _status(status) if key == "status" else _EXPRESSIONS[key]()


def _title():
    """The title that the reader sees: in their language, else in the languages it falls back to."""
    titles = (NullIf(f"title_{name}", Value("")) for name in reading_order(get_language()))
    return Alphabetical(Coalesce(*titles, output_field=TextField()))


def _status(column):
    places = enumerate(Status)
    return Case(*(When(**{column: status}, then=place) for place, status in places))


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


_EXPRESSIONS = {
    "title": _title,
    "updated": lambda: F("updated_at"),
    "start": lambda: Coalesce("actual_start", "planned_start"),
    "end": lambda: Coalesce("actual_end", "planned_end"),
    "amount": _amount,
}
