"""Which fields of an object are wanted: `fields=code,title.en`."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.public.api.refusals import wrong

# The fields of an object by their names, each with those inside of it.
Tree = dict[str, "Tree"]
_NAMED = 5  # unknown fields, of which more tell nobody more


def paths(schema: dict[str, Any], objects: dict[str, Any]) -> Tree:
    """The tree of the fields that `schema` describes; `objects` are the schemas it refers to."""
    if "$ref" in schema:
        return paths(objects[schema["$ref"].rpartition("/")[2]], objects)
    if "items" in schema:
        return paths(schema["items"], objects)
    parts = schema.get("properties", {})
    return {name: paths(part, objects) for name, part in parts.items()}


def chosen(query: QueryDict, tree: Tree) -> Tree | None:
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


def cut(value: Any, wanted: Tree | None) -> Any:
    """`value`, anything of JSON, with the wanted fields only, in their own order.

    Lists are cut item by item.
    """
    if not wanted or value is None:
        return value
    if isinstance(value, list):
        return [cut(item, wanted) for item in value]
    return {name: cut(part, wanted[name]) for name, part in value.items() if name in wanted}


def _at(tree: Tree, name: str) -> Tree | None:
    for part in name.split("."):
        if part not in tree:
            return None
        tree = tree[part]
    return tree


def _names(tree: Tree, prefix: str = "") -> Iterator[str]:
    for name, parts in tree.items():
        yield f"{prefix}{name}"
        yield from _names(parts, f"{prefix}{name}.")


def _joined(tree: Tree, names: list[str]) -> Tree:
    """A part that is wanted as a whole stays so, whatever of it is named beside."""
    heads = dict.fromkeys(name.partition(".")[0] for name in names)
    return {
        head: {}
        if head in names
        else _joined(tree[head], [n.partition(".")[2] for n in names if n.startswith(f"{head}.")])
        for head in heads
    }
