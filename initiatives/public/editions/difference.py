"""What differs between two versions of a public record, in the reader's words. Pure.

A part that was there before is known by what names it, so that a moved milestone is a changed date
and not one milestone less and one more. Stamps, which the tracker sets, are no difference.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from django.utils.translation import pgettext_lazy
from modeltranslation.utils import get_language, resolution_order

from initiatives.editions.record import InitiativeRecord, Part, Text
from initiatives.public.editions import values
from initiatives.public.editions.fields import GENERAL, OF_PART, Field
from initiatives.public.editions.marking import marked
from initiatives.public.editions.names import Names
from initiatives.public.editions.sections import LISTS, Item, PartList, is_empty, item_of, said_of
from initiatives.public.editions.values import Value, in_language
from initiatives.translatable import Translatable

_SHORT = 120  # characters of a text that a list of changes repeats


class Mark(StrEnum):
    """What became of a field or of a part."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    SAME = "same"

    @property
    def label(self) -> Translatable:
        return _LABELS[self]


_LABELS = {
    Mark.CHANGED: pgettext_lazy("difference", "changed"),
    Mark.ADDED: pgettext_lazy("difference", "added"),
    Mark.REMOVED: pgettext_lazy("difference", "removed"),
    Mark.SAME: pgettext_lazy("difference", "the same"),
}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A field of the record, or of its part `name` in the list `section`; or a whole part.

    `language` is that of a text if it is not the reader's. A whole part has no label but `whole`,
    the part that came or went.
    """

    mark: Mark
    label: Translatable = ""
    language: str = ""
    section: Translatable = ""
    name: tuple[Value, ...] = ()
    before: tuple[Value, ...] = ()
    after: tuple[Value, ...] = ()
    whole: Item | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing is marked as a whole: it is the same, or its changed words are marked."""
        is_marked = any(value.kind == "marked" for value in self.before)
        return is_marked or self.mark is Mark.SAME

    @property
    def was_there(self) -> bool:
        return bool(self.before) or (self.whole is not None and self.mark is not Mark.ADDED)

    @property
    def is_there(self) -> bool:
        return bool(self.after) or (self.whole is not None and self.mark is not Mark.REMOVED)

    @property
    def is_short(self) -> bool:
        """Whether a list of changes has room for what stood there and what stands there now."""
        shown = (*self.before, *self.after)
        return not self.language and all(
            value.kind != "citation" and len(str(value.shown)) <= _SHORT for value in shown
        )


class _Place(TypedDict, total=False):
    section: Translatable
    name: tuple[Value, ...]


class _Sides(TypedDict):
    before: tuple[Value, ...]
    after: tuple[Value, ...]


def differences(
    before: InitiativeRecord, after: InitiativeRecord, names: Names, *, same: bool = False
) -> list[Difference]:
    """A list of Difference, in the order of the record; with `same` also what did not change."""
    found = list(_of_fields(GENERAL, before, after, names))
    for parts in LISTS:
        found += _of_list(parts, before, after, names)
    return found if same else [one for one in found if one.mark is not Mark.SAME]


def _of_list(
    parts: PartList, before: InitiativeRecord, after: InitiativeRecord, names: Names
) -> Iterator[Difference]:
    old = _by_key(parts, getattr(before, parts.attribute))
    new = _by_key(parts, getattr(after, parts.attribute))
    for key, part in new.items():
        if key in old:
            yield from _of_part(parts, old[key], part, names)
        else:
            yield _whole(Mark.ADDED, parts, part, names)
    for key, part in old.items():
        if key not in new:
            yield _whole(Mark.REMOVED, parts, part, names)


def _by_key(parts: PartList, rows: tuple[Part, ...]) -> dict[tuple[Hashable, int], Part]:
    """Of several parts with one key each gets a number, as two lines of a source with one quote."""
    count: dict[Hashable, int] = defaultdict(int)
    found = {}
    for part in rows:
        key = parts.key(part)
        count[key] += 1
        found[key, count[key]] = part
    return found


def _of_part(parts: PartList, old: Part, new: Part, names: Names) -> Iterator[Difference]:
    place: _Place = {"section": parts.label, "name": parts.name(names, new)}
    fields = OF_PART[type(new)]
    if not fields and old != new:  # a source is shown as one, and has no fields of its own here
        before, after = parts.name(names, old), parts.name(names, new)
        yield Difference(mark=Mark.CHANGED, section=parts.label, before=before, after=after)
        return
    found = (one for one in _of_fields(fields, old, new, names, **place))
    changed = [one for one in found if one.mark is not Mark.SAME]
    yield from changed or [_whole(Mark.SAME, parts, new, names)]


def _whole(mark: Mark, parts: PartList, part: Part, names: Names) -> Difference:
    item = item_of(parts, part, names, entered=True)
    return Difference(mark=mark, section=parts.label, name=item.name, whole=item)


def _of_fields(
    fields: tuple[Field, ...],
    old: Part,
    new: Part,
    names: Names,
    **place: Unpack[_Place],
) -> Iterator[Difference]:
    for field in fields:
        if field.is_stamp:
            continue
        if field.is_text:
            (before,), (after,) = field.stored(old), field.stored(new)
            yield from _of_text(field, before, after, place)
        elif difference := _of_field(field, old, new, names, place):
            yield difference


def _of_field(
    field: Field,
    old: Part,
    new: Part,
    names: Names,
    place: _Place,
) -> Difference | None:
    before, after = said_of(field, old, names), said_of(field, new, names)
    if not before and not after:
        return None
    mark = _mark(field.stored(old), field.stored(new), bool(before), bool(after))
    return Difference(mark=mark, label=field.label, before=before, after=after, **place)


def _of_text(field: Field, old: Text, new: Text, place: _Place) -> Iterator[Difference]:
    """Each language by itself, the reader's first: a translation that changes is a change."""
    kind = "line" if field.say is values.line else "prose"
    for language in resolution_order(get_language()):
        before, after = getattr(old, language), getattr(new, language)
        if not is_empty(before) or not is_empty(after):
            yield Difference(
                mark=_mark(before, after, bool(before), bool(after)),
                label=field.label,
                language="" if language == get_language() else language,
                **_sides(before, after, kind, language),
                **place,
            )


def _sides(before: str, after: str, kind: str, language: str) -> _Sides:
    if before and after and before != after:
        old, new = marked(before, after)
        return {
            "before": (in_language(old, "marked", language),),
            "after": (in_language(new, "marked", language),),
        }
    return {
        "before": (in_language(before, kind, language),) if before else (),
        "after": (in_language(after, kind, language),) if after else (),
    }


def _mark(old: str | tuple[Any, ...], new: str | tuple[Any, ...], was: bool, is_now: bool) -> Mark:
    if old == new:
        return Mark.SAME
    if was and is_now:
        return Mark.CHANGED
    return Mark.ADDED if is_now else Mark.REMOVED
