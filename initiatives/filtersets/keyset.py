"""The rows after a place in an order, and before it.

A page that is found by the last row of the page before neither repeats nor skips a row when
others come or go meanwhile, as a page that is found by its number does.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q


@dataclass(frozen=True)
class Order:
    """By the expression `key`, if there is one, and where it is equal by the unique field `tie`.

    What has no key comes last in both directions. Where every row has one, saying so lets
    PostgreSQL use its index.
    """

    tie: str
    key: Any = None
    descending: bool = False
    always_known: bool = False


@dataclass(frozen=True)
class Place:
    """The key and the tie of a row, and whether the rows before it are meant."""

    key: Any
    tie: str
    back: bool = False


def in_order(queryset, order: Order, place: Place | None = None):
    """The rows beyond `place`, from it outwards, so reversed if `place.back`.

    Each has its `place_key`; `place_of` makes a place of the row.
    """
    back = place is not None and place.back
    if order.key is not None:
        queryset = queryset.annotate(place_key=order.key)
    if place is not None:
        queryset = queryset.filter(_beyond(order, place))
    return queryset.order_by(*_columns(order, back))


def place_of(row, order: Order) -> Place:
    return Place(getattr(row, "place_key", None), getattr(row, order.tie))


def _columns(order, back):
    tie = F(order.tie).desc() if back else F(order.tie).asc()
    if order.key is None:
        return [tie]
    key = F("place_key").asc() if order.descending is back else F("place_key").desc()
    if not order.always_known:
        key.nulls_first, key.nulls_last = back or None, not back or None
    return [key, tie]


def _beyond(order, place):
    later = Q(**{f"{order.tie}__{'lt' if place.back else 'gt'}": place.tie})
    if order.key is None:
        return later
    unknown = Q(place_key__isnull=True)
    if place.key is None:
        return ~unknown | unknown & later if place.back else unknown & later
    further = "gt" if order.descending is place.back else "lt"
    found = Q(**{f"place_key__{further}": place.key}) | Q(place_key=place.key) & later
    return found if place.back or order.always_known else found | unknown
