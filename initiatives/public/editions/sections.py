"""A public record as sections of labelled lines, complete and in the reader's words."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext_lazy as _

from initiatives import choices
from initiatives.editions.record import (
    NO_TEXT,
    Budget,
    EventLink,
    InitiativeRecord,
    Milestone,
    Money,
    Part,
    StatusChange,
)
from initiatives.lifecycle import Status
from initiatives.public.editions import values
from initiatives.public.editions.fields import GENERAL, OF_PART, RECORDED, Field
from initiatives.public.editions.values import Value
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from initiatives.public.editions.names import Names


@dataclass(frozen=True)
class Line:
    label: Translatable
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Item:
    """A part of the record that has its own name, such as a milestone."""

    name: tuple[Value, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    anchor: str
    label: Translatable
    lines: tuple[Line, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class PartList:
    """A list of a record; `key` is what stays the same of a part while the rest of it changes."""

    attribute: str
    label: Translatable
    key: Callable[[Any], Hashable]
    name: Callable[["Names", Any], tuple[Value, ...]]


class _Numbered(Protocol):
    """A part of which another one with the same values is not the same."""

    @property
    def number(self) -> int: ...


def _number(part: _Numbered) -> int:
    return part.number


def _title(names: "Names", part: EventLink | Milestone) -> tuple[Value, ...]:
    title = values.line(names, part.title)
    return title or (Value("plain", str(getattr(part, "number", ""))),)


def _move(names: "Names", part: StatusChange) -> tuple[Value, ...]:
    moves = (values.label(Status, one) for one in (part.from_status, part.to_status) if one)
    return (Value("plain", " → ".join(moves)),)


def _money(names: "Names", part: Money) -> tuple[Value, ...]:
    kind = Value("plain", values.label(choices.FundingType, part.type))
    return (
        kind,
        *values.money(names, part.amount, part.amount_max, part.amount_kind, part.currency),
    )


def _budget(names: "Names", part: Budget) -> tuple[Value, ...]:
    kind = Value("plain", values.label(choices.BudgetType, part.type))
    return (kind, *(values.date(names, part.start) if part.start else ()))


LISTS = (
    PartList(
        "countries",
        _("Countries"),
        lambda part: (part.iso2, part.role),
        lambda names, part: values.country(names, part.iso2),
    ),
    PartList(
        "sectors",
        _("Sectors"),
        lambda part: part.slug,
        lambda names, part: values.sector(names, part.slug),
    ),
    PartList(
        "organisations",
        _("Organisations"),
        lambda part: (part.slug, part.role),
        lambda names, part: values.organisation(names, part.slug),
    ),
    PartList("milestones", _("Milestones"), _number, _title),
    PartList("events", _("Events"), lambda part: (part.slug, part.relation), _title),
    PartList("funding", _("Money"), _number, _money),
    PartList("budgets", _("Budgets"), _number, _budget),
    PartList("history", _("Status history"), _number, _move),
    PartList(
        "moved_dates",
        _("Moved dates"),
        _number,
        lambda names, part: values.moved(names, part.field),
    ),
    PartList(
        "sources",
        _("Sources"),
        lambda part: (part.slug, part.locator, part.quote),
        values.citation,
    ),
    PartList(
        "external_ids",
        _("Identifiers in other registers"),
        lambda part: (part.scheme, part.value),
        lambda names, part: values.code(names, f"{part.scheme}:{part.value}"),
    ),
    PartList(
        "classifications",
        _("Classifications"),
        _number,
        lambda names, part: values.code(names, f"{part.element} {part.code}".strip()),
    ),
    PartList(
        "external_texts",
        _("Texts in other languages"),
        _number,
        lambda names, part: (
            *values.code(names, part.field),
            *values.language(names, part.language),
        ),
    ),
)


def sections_of(record: InitiativeRecord, names: "Names") -> list[Section]:
    """Everything that the record says; what it does not say is left out."""
    return [
        Section("record", _("The record"), lines_of(GENERAL, record, names)),
        *(found for one in LISTS if (found := _section(one, record, names)).items),
        Section("recorded", _("When it was recorded"), lines_of(RECORDED, record, names)),
    ]


def _section(parts: PartList, record: InitiativeRecord, names: "Names") -> Section:
    items = (item_of(parts, part, names) for part in getattr(record, parts.attribute))
    return Section(parts.attribute, parts.label, items=tuple(items))


def item_of(parts: PartList, part: Part, names: "Names", *, entered: bool = False) -> Item:
    """The part in words; with `entered` only what somebody entered."""
    fields = tuple(
        field
        for field in OF_PART[type(part)]
        if not field.is_in_name and (not entered or field.is_entered(part))
    )
    return Item(parts.name(names, part), lines_of(fields, part, names))


def lines_of(fields: tuple[Field, ...], part: Part, names: "Names") -> tuple[Line, ...]:
    return tuple(
        Line(field.label, said) for field in fields if (said := said_of(field, part, names))
    )


def said_of(field: Field, part: Part, names: "Names") -> tuple[Value, ...]:
    stored = field.stored(part)
    return () if all(map(is_empty, stored)) else field.say(names, *stored)


def is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", ()) or value == NO_TEXT
