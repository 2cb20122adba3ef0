"""The whole description of the API in OpenAPI 3.1, in the language that is active."""

import json
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.exchange.json_file import CONTENT_TYPE
from initiatives.http import problems
from initiatives.public.api.schema import parameters
from initiatives.public.api.schema.objects import OBJECTS, page_of
from initiatives.public.api.schema.words import shared
from initiatives.translatable import Translatable

VERSION = "1.0.0"
ROOT = "/api/v1"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_EXAMPLES = Path(__file__).parent / "examples"
_REFUSALS = {
    "400": _("A parameter is wrong; all that is wrong is named."),
    "404": _("There is nothing public at this address."),
    "405": _("The API is read-only."),
    "406": _("The format that is accepted is not offered."),
    "410": _("The record was withdrawn; the reason is given."),
    "429": _("Too many requests; Retry-After says how long to wait."),
}


def document() -> dict[str, Any]:
    return _said(
        {
            "openapi": "3.1.0",
            "info": {
                "title": _("Cooperation tracker"),
                "version": VERSION,
                "description": _(
                    "Cooperation initiatives between countries, from plan to result. Read-only, "
                    "without registration. Values of one parameter are joined by OR, parameters by "
                    "AND. Answers carry ETag and Last-Modified; ask again with If-None-Match."
                ),
                "license": {"name": "CC BY 4.0", "url": LICENCE},
            },
            "servers": [{"url": ROOT}],
            "paths": _paths(),
            "components": {"schemas": OBJECTS, "responses": _refusals()},
        }
    )


def _paths() -> dict[str, Any]:
    return {
        "/": _get("root", _("Where things are"), _answer("root", shared("Links", _("Links.")))),
        "/initiatives/": _list(
            "initiatives", "Initiative", _("Initiatives"), parameters.of_filterset()
        ),
        "/initiatives/{code}/": _item(
            "initiative",
            "Record",
            _("One initiative"),
            ("code", "CI-2025-0009"),
            [parameters.AS_OF],
            ["410"],
        ),
        "/countries/": _list("countries", "Country", _("Countries")),
        "/countries/{iso2}/": _item("country", "Country", _("One country"), ("iso2", "UZ")),
        "/sectors/": _list("sectors", "Sector", _("Sectors")),
        "/sectors/{slug}/": _item("sector", "Sector", _("One sector"), ("slug", "energy")),
        "/organisations/": _list("organisations", "Organisation", _("Organisations")),
        "/organisations/{slug}/": _item(
            "organisation", "Organisation", _("One organisation"), ("slug", "new-development-bank")
        ),
        "/events/": _list("events", "Event", _("Events, the newest first")),
        "/events/{slug}/": _item("event", "Event", _("One event"), ("slug", "presidents-talks")),
        "/changes/": _list(
            "changes", "Change", _("What changed between two days"), parameters.PERIOD
        ),
        "/schema/": _get(
            "schema", _("This description"), _answer(None, {"type": "object"}, "application/json")
        ),
    }


def _list(
    name: str, schema: str, summary: Translatable, more: list[dict[str, Any]] | tuple[()] = ()
) -> dict[str, Any]:
    asked = [*more, parameters.FIELDS, *parameters.PAGE]
    return _get(name, summary, _answer(name, page_of(schema)), asked)


def _item(
    name: str,
    schema: str,
    summary: Translatable,
    key: tuple[str, str],
    more: list[dict[str, dict[str, str] | str]] | tuple[()] = (),
    refusals: list[str] | tuple[()] = (),
) -> dict[str, Any]:
    asked = [parameters.in_path(key[0], _("Its key."), key[1]), *more, parameters.FIELDS]
    answer = _answer(name, shared(schema, _("The object.")))
    return _get(name, summary, answer, asked, ["404", *refusals])


def _get(
    name: str,
    summary: Translatable,
    answer: dict[str, Translatable | dict[str, dict[str, dict[str, Any]]]],
    asked: list[dict[str, Any]] | tuple[()] = (),
    refusals: list[str] | tuple[()] = (),
) -> dict[str, Any]:
    codes = sorted(["400", "405", "406", "429", *refusals])
    refused = {code: {"$ref": f"#/components/responses/{code}"} for code in codes}
    moved = {"301": {"description": _("The key is written otherwise; see Location.")}}
    not_modified = {"304": {"description": _("Your copy is still current.")}}
    told = {
        "operationId": name,
        "summary": summary,
        "parameters": [*asked, parameters.LANGUAGE],
        "responses": {"200": answer} | (moved if "404" in codes else {}) | not_modified | refused,
    }
    return {"get": told}


def _answer(
    name: str | None, schema: dict[str, Any], content_type: str = CONTENT_TYPE
) -> dict[str, Any]:
    content = {"schema": schema}
    if name is not None:
        content["example"] = json.loads((_EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return {"description": _("The answer."), "content": {content_type: content}}


def _refusals() -> dict[str, Any]:
    return {code: _refusal(code, description) for code, description in _REFUSALS.items()}


def _refusal(code: str, description: Translatable) -> dict[str, Any]:
    content = {"schema": shared("Problem", _("The problem."))}
    if code == "400":
        content["example"] = json.loads((_EXAMPLES / "problem.json").read_text(encoding="utf-8"))
    return {"description": description, "content": {problems.CONTENT_TYPE: content}}


def _said(tree: Any) -> Any:
    """Words in the language that is active, where they wait to be told in one."""
    if isinstance(tree, dict):
        return {name: _said(part) for name, part in tree.items()}
    if isinstance(tree, list | tuple):
        return [_said(part) for part in tree]
    return str(tree) if isinstance(tree, Promise) else tree
