"""Public records of which some fields are read, for what reads many of them.

What is left out is passed over when a body is read, which takes a fraction of the time.
"""

from collections.abc import Container
from typing import Any

import msgspec

from initiatives.editions.record import AnyPart, Part


def narrowed(record: type[AnyPart], names: Container[str], **parts: type[Part]) -> type[AnyPart]:
    """`record` with the fields `names` alone; `parts` are the narrowed ones of fields that hold
    some. What takes a narrowed record takes a whole one as well."""
    fields = [_field(one, parts) for one in msgspec.structs.fields(record) if one.name in names]
    made = msgspec.defstruct(
        record.__name__, fields, bases=(Part,), frozen=True, kw_only=True, gc=False
    )
    return made  # type: ignore[return-value]


def _field(field: msgspec.structs.FieldInfo, parts: dict[str, type[Part]]) -> tuple[Any, ...]:
    kind = tuple[parts[field.name], ...] if field.name in parts else field.type  # type: ignore[valid-type,name-defined]  # msgspec reads it
    return (field.name, kind) if field.required else (field.name, kind, field.default)
