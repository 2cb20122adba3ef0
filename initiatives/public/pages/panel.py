"""What stands around a list: groups of options, chosen filters, what is wrong with them, and what
to do without results."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from initiatives.http.address import Address
from initiatives.public.facets import Option
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.base import ParameterSet
from initiatives.text.plain_text import clean

OPEN_GROUPS = ("status", "sector", "country")
SHOWN = 8  # options before the rest of a group is folded away


@dataclass(frozen=True)
class Group:
    """The options of one filter; `folded` ones would give nothing or are many."""

    name: str
    label: str
    shown: list[Option]
    folded: list[Option]
    errors: list[str]
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Select:
    """A parameter as controls, one for each value that is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: list[str]
    errors: list[str]


def groups(
    filterset: InitiativeFilterSet,
    options: dict[str, list[Option]],
    open_ones: tuple[str, ...] = OPEN_GROUPS,
) -> list[Group]:
    """A group for each filter that has `options`; `open_ones` and those in use are not folded."""
    names = [name for name in filterset.facets() if name in options]
    return [_group(filterset, name, options[name], name in open_ones) for name in names]


def _group(
    filterset: InitiativeFilterSet, name: str, options: list[Option], is_open: bool
) -> Group:
    useful = [option.value for option in options if option.count and not option.chosen][:SHOWN]
    seen = {*useful, *(option.value for option in options if option.chosen)}
    shown = [option for option in options if option.value in seen]
    folded = [option for option in options if option.value not in seen]
    return Group(
        name=name,
        label=filterset.form.fields[name].label,
        shown=_inside(shown),
        folded=_inside(folded),
        errors=list(filterset.errors.get(name, [])),
        is_open=is_open or name in filterset.errors or bool(filterset.chosen(name)),
    )


def _inside(options: list[Option]) -> list[Option]:
    """A part stands inside its whole only where that is in the same list."""
    known = {option.value for option in options}
    return [
        replace(one, whole="") if one.whole and one.whole not in known else one for one in options
    ]


@dataclass(frozen=True)
class Chosen:
    """One filter in use: its values as (value, label), and the word that joins them."""

    name: str
    label: str
    values: list[tuple[str, str]]
    joined_by: str
    wrong: bool

    def __str__(self) -> str:
        return f"{self.label}: {get_text_list([label for _, label in self.values], self.joined_by)}"


def chosen(filterset: InitiativeFilterSet, options: dict[str, list[Option]]) -> list[Chosen]:
    """The filters in use, right and wrong ones, in the order of the form."""
    return [_chosen(filterset, name, options.get(name, [])) for name in filters_in_use(filterset)]


def filters_in_use(filterset: InitiativeFilterSet) -> list[str]:
    idle = {"sort"}
    if not filterset.all_countries and "country_match" not in filterset.errors:
        idle.add("country_match")
    return [name for name in filterset.form.fields if name not in idle and filterset.chosen(name)]


def _chosen(filterset: InitiativeFilterSet, name: str, options: list[Option]) -> Chosen:
    labels = {option.value: option.label for option in options}
    if name == "country_match":
        labels = dict(filterset.vocabulary(name))
    wrong = name in filterset.errors
    values = filterset.chosen(name)[: 3 if wrong else None]
    return Chosen(
        name=name,
        label=str(filterset.form.fields[name].label),
        values=[(value, str(labels.get(value) or _quoted(value))) for value in values],
        joined_by=_joint(filterset, name),
        wrong=wrong,
    )


def _quoted(value: str) -> str:
    """A value that nothing is known of, as it was written."""
    return _("“%(value)s”") % {"value": clean(value)[:40]}


def _joint(filterset: InitiativeFilterSet, name: str) -> str:
    together = name in ("country", "party") and filterset.all_countries
    return pgettext("joins countries", "and") if together else _("or")


def chips(filters: list[Chosen], address: Address) -> list[dict[str, Any]]:
    """Each chosen value with the address without it; a filter that is wrong goes as a whole."""
    found = []
    for one in filters:
        if one.wrong:
            found.append({"text": str(one), "address": address.without(one.name)})
            continue
        for value, label in one.values:
            text = f"{one.label}: {label}"
            found.append({"text": text, "address": address.without(one.name, value)})
    return found


def ways_out(
    counts: dict[str, int], filters: list[Chosen], address: Address
) -> list[dict[str, Any]]:
    """Each filter without which there would be rows, the most first; `counts` says how many."""
    found = [
        {"text": str(one), "address": address.without(one.name), "count": counts[one.name]}
        for one in filters
        if counts.get(one.name)
    ]
    return sorted(found, key=lambda way: -way["count"])


def problems(
    filterset: ParameterSet, wrong: dict[str, list[str]], strange: dict[str, list[str]]
) -> list[dict[str, str]]:
    """Every error with its field, if it has one, for the summary above the list."""
    found = [{"message": message} for said in strange.values() for message in said]
    found += [
        {"field": name, "label": filterset.form.fields[name].label, "message": message}
        for name, messages in filterset.errors.items()
        for message in messages
    ]
    labels = {"page_size": _("Per page"), "page": _("Page"), "view": _("Show as a table")}
    found += [
        {"field": name, "label": labels[name], "message": message}
        for name, messages in wrong.items()
        for message in messages
    ]
    return found
