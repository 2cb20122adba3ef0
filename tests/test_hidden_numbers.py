"""Nobody counts at the desk what is hidden from them: a row of another desk and one that is not
there are answered alike, in every address that names a row."""

import re
from functools import partial
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse

from tests.desk import make_officer, signed_in
from tests.test_desk_matrix import officer_outside, records  # noqa: F401

pytestmark = pytest.mark.django_db
ABSENT = 987_654
_FURTHER = {"step": "keep", "change_id": str(ABSENT + 1)}
_COMMON = {"country", "sector"}  # in no desk's hands


def addresses_with_a_key(rows):
    """(model, function from a key to the address) of each address of the desk that names a row."""
    for name, arguments in _patterns(admin.site.urls[0]):
        if name == "view_on_site":
            for model, row in rows.items():
                yield model, partial(_address, name, arguments, of=row)
        elif {"object_id", "key"} & arguments:
            yield name.split("_")[1], partial(_address, name, arguments)


def _patterns(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name, set(pattern.pattern.converters)


def _address(name, arguments, key, of=None):
    given = {one: _FURTHER.get(one, str(key)) for one in arguments}
    if of is not None:
        given["content_type_id"] = ContentType.objects.get_for_model(of).pk
    return reverse(f"admin:{name}", kwargs=given)


def told(client, method, address, key, **sent):
    """All that an answer tells, without the number that was asked for."""
    with transaction.atomic():
        answer = getattr(client, method)(address, sent)
        transaction.set_rollback(True)
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    body = re.sub(
        r'((csrfmiddlewaretoken|form_key)" value|nonce)="[^"]*"', "", answer.getvalue().decode()
    )
    texts = [answer.get("Location", ""), " ".join(said), body]
    for own in (address, quote(address, safe=""), f"“{key}”"):
        texts = [text.replace(own, "ASKED") for text in texts]
    return answer.status_code, *texts


def told_apart(one, other):
    texts = next(both for both in zip(one, other, strict=True) if both[0] != both[1])
    lines = zip(*(str(text).splitlines() for text in texts), strict=False)
    return next((both for both in lines if both[0] != both[1]), texts)


@pytest.fixture
def hidden(records):  # noqa: F811
    """One row of every kind that nobody sees but the desk whose it is, and its owner."""
    other = make_officer("other")
    records["savedfilter"] = other.saved_filters.create(name="Mine", query="q=x")
    records["passkey"] = other.passkeys.create(name="Mine", host="x", credential_id="x")
    records["user"] = other
    return {model: row for model, row in records.items() if model not in _COMMON}


@pytest.mark.parametrize("kind", ["stranger", "elsewhere"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_hidden_and_what_is_not_there_are_answered_alike(hidden, kind, method):
    client = signed_in(officer_outside(kind))
    walked, different = set(), []
    for model, address in addresses_with_a_key(hidden):
        model = "savedfilter" if "forget" in address(1) else model
        if model in _COMMON:
            continue
        one, other = (
            told(client, method, address(key), key, post="yes", _save="")
            for key in (hidden[model].pk, ABSENT)
        )
        walked.add(model)
        if one != other:
            different.append((address(ABSENT), *told_apart(one, other)))
    assert different == []
    assert walked == set(hidden)


POINTERS = [
    *(("milestone", "initiative"), ("funding", "initiative"), ("citation", "initiative")),
    *(("citation", "source"), ("citation", "milestone"), ("initiative", "parent")),
    ("event", "organisations"),
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("model", "field"), POINTERS)
def test_a_form_tells_no_more_of_what_it_may_not_point_to(hidden, model, field, method):
    client = signed_in(officer_outside("elsewhere"))
    aim = {"parent": "initiative", "organisations": "organisation"}.get(field, field)
    address = reverse(f"admin:initiatives_{model}_add")
    one, other = (
        told(client, method, address, key, _save="", **{field: key})
        for key in (hidden[aim].pk, ABSENT)
    )
    number = re.compile(rf"\b({hidden[aim].pk}|{ABSENT})\b")
    one, other = (tuple(number.sub("N", str(text)) for text in told) for told in (one, other))
    assert one == other, told_apart(one, other)
