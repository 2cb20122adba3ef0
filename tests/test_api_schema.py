"""The description of the API is valid OpenAPI 3.1, and what it says is so."""

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from initiatives.models import InitiativeCountry
from initiatives.public.api import schema
from initiatives.public.filtersets import InitiativeFilterSet
from tests import api_examples
from tests import factories as make
from tests.full_records import make_full

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What turns with the day, and what is sealed with the key of the site.
PASSING = {"flags", "next", "previous"}


def lasting(value):
    if isinstance(value, dict):
        return {name: lasting(part) for name, part in value.items() if name not in PASSING}
    return [lasting(part) for part in value] if isinstance(value, list) else value


def validate(told, part):
    """`told` against a part of the document, which may refer to others."""
    document = schema.document()
    Draft202012Validator(part | {"components": document["components"]}).validate(told)


def documented(path):
    answer = schema.document()["paths"][path]["get"]["responses"]["200"]
    return answer["content"]["application/json"]


def test_examples_are_answers_about_the_first_data(client):
    api_examples.load_first_data()
    for name in api_examples.ADDRESSES:
        shown = api_examples.example(client, name)
        assert lasting(shown) == lasting(api_examples.answer(client, name)), name


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_it_is_valid_openapi_in_each_language(client, language):
    answer = client.get(f"/api/v1/schema/?lang={language}")
    assert answer.json()["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(answer.json()).validate()


@pytest.mark.parametrize("path", sorted(schema.document()["paths"].keys() - {"/schema/"}))
def test_each_answer_has_an_example_that_fits(path):
    content = documented(path)
    validate(content["example"], content["schema"])


def test_the_refusal_has_an_example_that_fits():
    (content,) = schema.document()["components"]["responses"]["400"]["content"].values()
    validate(content["example"], content["schema"])


def keys(value):
    """The tree of the names in an object; lists count by their first item."""
    if isinstance(value, list):
        return keys(value[0]) if value else None
    return {name: keys(part) for name, part in value.items()} if isinstance(value, dict) else None


def missing(tree, found, place=""):
    """What is in one of the two trees and not in the other, where both go that deep."""
    if found is None or not tree:
        return []
    here = [f"{place}{name}" for name in tree.keys() ^ found.keys()]
    deeper = [missing(tree[x], found[x], f"{place}{x}.") for x in tree.keys() & found.keys()]
    return sum(deeper, here)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Initiative", "initiatives/"),
        ("Record", "initiatives/CI-2025-0001/"),
        ("Country", "countries/"),
        ("Sector", "sectors/"),
        ("Organisation", "organisations/"),
        ("Event", "events/"),
        ("Change", "changes/"),
    ],
)
def test_each_field_is_described_and_no_other(client, name, address):
    make_full(make.make_initiative("CI-2025-0001"), 1)
    InitiativeCountry.objects.update(percent=50)
    told = client.get(f"/api/v1/{address}").json()
    (told, *_) = told.get("results", [told])
    validate(told, schema.OBJECTS[name] | {})
    assert missing(schema.fields_of(name), keys(told)) == []


def test_every_filter_of_the_list_is_a_parameter():
    described = schema.document()["paths"]["/initiatives/"]["get"]["parameters"]
    more = {"fields", "page_size", "cursor", "lang"}
    assert {one["name"] for one in described} == {*InitiativeFilterSet.base_filters, *more}


def parts_of(tree):
    for part in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(part, dict | list):
            yield part
            yield from parts_of(part)


def test_every_parameter_and_field_has_a_description():
    parts = [part for part in parts_of(schema.document()) if isinstance(part, dict)]
    # A field may be named “properties” or “in” as well, and then is no schema.
    fields = [field for part in parts for field in part.get("properties", {}).values()]
    parameters = [part for part in parts if part.get("in") in ("query", "path")]
    assert [part for part in fields + parameters if not part.get("description")] == []
