"""Copies of all generated rows, made by the database itself: many rows in a short time.

What `benchmarks.generate` writes one story at a time has the shape that is wanted; for the pages of
the desk it does not matter that the same story stands there several times, with codes, slugs and
keys of its own.
"""

from uuid import NAMESPACE_OID, uuid5

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from initiatives.models import (
    Change,
    ChangeRequest,
    Citation,
    DateRevision,
    Event,
    ExternalId,
    Funding,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeOrganisation,
    InitiativeSector,
    Milestone,
    Organisation,
    Source,
    StatusChange,
)
from initiatives.publication import desk_rows

# In the order in which a row finds what it points to; each is written whole.
COPIED = (
    Organisation,
    Source,
    Event,
    Event.countries.through,
    Event.organisations.through,
    Initiative,
    InitiativeCountry,
    InitiativeSector,
    InitiativeOrganisation,
    InitiativeEvent,
    ExternalId,
    StatusChange,
    Milestone,
    Funding,
    DateRevision,
    ChangeRequest,
    Change,
    Citation,
)
_MADE_NEW = {  # fields that must differ in each copy, as SQL
    "slug": "slug || '-' || '{copy}'",
    "code": "code || '{copy}'",
    "value": "value || '-' || '{copy}'",
}


@transaction.atomic
def multiply(times: int) -> None:
    """Let there be `times` as many rows as there are now. One step for each table and copy."""
    steps = {
        model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in COPIED
    }
    for copy in range(1, times):
        for model in COPIED:
            _copy(model, copy, steps)
    _set_sequences()
    desk_rows.follow_all()


def _copy(model: type[models.Model], copy: int, steps: dict[type[models.Model], int]) -> None:
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(_value(field, copy, steps) for field in fields)
    table, last = quote(model._meta.db_table), steps[model]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id <= {last}"
        )
    if model is Event:
        _give_uids(last * copy)


def _value(field: models.Field, copy: int, steps: dict[type[models.Model], int]) -> str:
    """What a copy has in the field, as SQL."""
    column = connection.ops.quote_name(field.column)
    if field.primary_key:
        return f"{column} + {steps[field.model] * copy}"
    if isinstance(field, models.ForeignKey) and field.related_model in steps:
        return f"{column} + {steps[field.related_model] * copy}"
    if field.name == "uid":
        return _random_uid()
    return _MADE_NEW.get(field.name, column).format(copy=copy)


def _random_uid() -> str:
    """The database's own; `_give_uids` writes those of every run."""
    if connection.vendor == "postgresql":
        return "gen_random_uuid()"
    return "lower(hex(randomblob(16)))"


def _give_uids(above: int) -> None:
    rows = list(Event.objects.filter(pk__gt=above).only("pk"))
    for row in rows:
        row.uid = uuid5(NAMESPACE_OID, f"event {row.pk}")
    Event.objects.bulk_update(rows, ["uid"], batch_size=500)


def _set_sequences() -> None:
    """PostgreSQL goes on counting after the keys that were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), COPIED):
            cursor.execute(statement)
