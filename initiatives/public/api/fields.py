"""Which fields of an object are wanted: `fields=code,title.en`."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.public.api.refusals import wrong

_NAMED = 5  # unknown fields, of which more tell nobody more


def paths(schema: dict, objects: dict) -> dict:
    """The tree of the fields that `schema` describes; `objects` are the schemas it refers to."""
    if "$ref" in schema:
        return paths(objects[schema["$ref"].rpartition("/")[2]], objects)
    if "items" in schema:
        return paths(schema["items"], objects)
    parts = schema.get("properties", {})
    return {name: paths(part, objects) for name, part in parts.items()}


def chosen(query: QueryDict, tree: dict) -> dict | None:
    """The part of `tree` that is asked for; None for all. Raises Problem (400) for the unknown."""
    given = ",".join(query.getlist("fields")).split(",")
    names = list(dict.fromkeys(name.strip() for name in given if name.strip()))
    unknown = [name for name in names if _at(tree, name) is None]
    if unknown:
        message = _("“%(name)s” is not a field. The fields are: %(known)s.")
        known = ", ".join(_names(tree))
        said = [message % {"name": name[:40], "known": known} for name in unknown[:_NAMED]]
        raise wrong({"fields": said})
    return _joined(tree, names) if names else None


def cut(
    value: dict[str, Any] | list[dict[str, Any]] | str | None, wanted: dict | None
) -> dict[str, Any] | list[dict[str, Any]] | str | None:
    """`value` with the wanted fields only, in their own order; lists are cut item by item."""
    if not wanted or value is None:
        return value
    if isinstance(value, list):
        return [cut(item, wanted) for item in value]
    return {name: cut(part, wanted[name]) for name, part in value.items() if name in wanted}


def _at(tree: dict[str, dict[str, dict[str, Any]]], name: str) -> dict[str, dict[str, Any]] | None:
    for part in name.split("."):
        if tree is None or part not in tree:
            return None
        tree = tree[part]
    return tree


def _names(tree: dict[str, dict[str, dict[str, Any]]], prefix: str = "") -> Iterator[str]:
    for name, parts in tree.items():
        yield f"{prefix}{name}"
        yield from _names(parts, f"{prefix}{name}.")


def _joined(tree: dict[str, dict[str, dict[str, Any]]], names: list[str]) -> dict[str, Any]:
    """A part that is wanted as a whole stays so, whatever of it is named beside."""
    heads = dict.fromkeys(name.partition(".")[0] for name in names)
    return {
        head: {}
        if head in names
        else _joined(tree[head], [n.partition(".")[2] for n in names if n.startswith(f"{head}.")])
        for head in heads
    }
