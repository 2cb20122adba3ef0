"""The documentation of the API for people: its schema as a page, with forms to try it.

The page needs neither scripts nor styles of others, so the Content-Security-Policy of the site
holds for it as it is; see docs/adr/0010-rest-api.md.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import override
from django.views.generic import View
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from initiatives.http import caching
from initiatives.http.problems import refuse
from initiatives.public.api.schema import document
from initiatives.public.api.views import EVERYWHERE, ApiView
from initiatives.public.filtersets import unknown


class Docs(ApiView):
    """Leads to the page in the language of the reader."""

    content_type = "text/html"

    def get(self, request: HttpRequest, **named: str) -> HttpResponseBase:
        refuse(unknown(request, EVERYWHERE))
        with override(request.LANGUAGE_CODE):
            return HttpResponseRedirect(reverse("api-docs"))


class DocsPage(TemplateResponseMixin, ContextMixin, View):
    template_name = "api/docs.html"
    takes: tuple[str, ...] = ()
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(
            request, fresh, lambda: self.render_to_response(self.get_context_data())
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        described = document()
        root = self.request.build_absolute_uri(reverse("api:root")).rstrip("/")
        paths = described["paths"].items()
        return super().get_context_data(
            described=described["info"],
            root=root,
            operations=[_operation(root, path, part["get"]) for path, part in paths],
            refusals=described["components"]["responses"],
            objects=[_object(*one) for one in described["components"]["schemas"].items()],
            **kwargs,
        )


def _operation(root: str, path: str, told: dict[str, Any]) -> dict[str, Any]:
    asked = [_parameter(one) for one in told["parameters"]]
    keys = {one["name"]: one["example"] for one in asked if one["place"] == "path"}
    action = f"{root}{path.format(**keys)}"
    answer = told["responses"]["200"]["content"]["application/json"]
    example = answer.get("example")
    return {
        "id": told["operationId"],
        "path": path,
        "summary": told["summary"],
        "action": action,
        "parameters": asked,
        "curl": _curl(action, [one for one in asked if one["place"] == "query"]),
        "object": _object_of(answer["schema"]),
        "example": example and json.dumps(example, ensure_ascii=False, indent=2),
    }


def _parameter(told: dict[str, Any]) -> dict[str, Any]:
    schema = told["schema"].get("items", told["schema"])
    example = told.get("example", "")
    return {
        "name": told["name"],
        "place": told["in"],
        "description": told["description"],
        "options": schema.get("enum", []),
        "example": example[0] if isinstance(example, list) else example,
        "repeated": told["schema"]["type"] == "array",
    }


def _curl(action: str, asked: list[dict[str, Any]]) -> str:
    """A command with the first parameter that has an example."""
    given = [(one["name"], one["example"]) for one in asked if one["example"]][:1]
    return f"curl '{action}{'?' if given else ''}{urlencode(given)}'"


def _object_of(schema: dict[str, Any]) -> str:
    rows = schema.get("properties", {}).get("results", {"items": schema})["items"]
    return rows.get("$ref", "").rpartition("/")[2]


def _object(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "description": schema["description"], "rows": list(_rows(schema))}


def _rows(schema: dict[str, Any], prefix: str = "") -> Iterator[dict[str, Any]]:
    """Field by field, those inside of another after it."""
    for name, part in schema.get("properties", {}).items():
        kind, inner = _kind(part)
        yield {"name": f"{prefix}{name}", "kind": kind, "description": part["description"]}
        yield from _rows(inner, f"{prefix}{name}.")


def _kind(part: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What it is, and the object inside of it whose fields are told after it."""
    if part.get("type") == "array":
        kind, inner = _kind(part["items"])
        return f"[{kind}]", inner
    if "$ref" in part:
        return part["$ref"].rpartition("/")[2], {}
    kinds = [part["type"]] if isinstance(part["type"], str) else part["type"]
    return " | ".join([*kinds, *filter(None, [part.get("format")])]), part
