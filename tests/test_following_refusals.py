"""What readers cannot follow by mail, or typed wrong, is refused and told on a page of its own."""

import pytest
from django.core import mail

from initiatives.models import MailSubscription
from tests import following
from tests.factories import make_initiative
from tests.following import READER, RECORD, ask, tree_of
from tests.registering import withdraw

pytestmark = pytest.mark.django_db
site = following.site
record = following.record


@pytest.mark.once
@pytest.mark.parametrize(
    ("feed", "status"),
    [
        ("/initiatives/CI-2025-9999.atom", 404),  # a draft
        ("/initiatives/CI-1999-0001.atom", 404),
        ("/initiatives.csv", 404),
        ("/admin/", 404),
        ("https://example.org/", 404),
        ("//example.org/initiatives.atom", 404),
        ("/initiatives.atom?country=XX", 400),
        ("/initiatives.atom?contry=KZ", 400),
        ("/initiatives.atom?as_of=2026-01-01", 400),
        ("/initiatives.atom?q=" + "x" * 2000, 400),
        ("/initiatives.atom?q=%00", 400),
        ("\x00", 404),
        ("/countries/\x00.atom", 404),
        ("/pairs/kz-\x00.atom", 404),
        ("x" * 100_000, 400),
    ],
)
def test_what_cannot_be_followed_is_told(client, record, feed, status):
    make_initiative("CI-2025-9999", publication="draft")
    answer = ask(client, feed=feed)
    assert answer.status_code == status
    assert tree_of(answer).cssselect("main h1")
    assert not MailSubscription.objects.exists()
    if len(feed) < 3000:
        assert client.get("/en/mail/", {"feed": feed}).status_code == status


def test_a_withdrawn_record_is_told_with_its_reason(client, record):
    withdraw(record)
    answer = ask(client)
    assert (answer.status_code, "Wrong" in answer.content.decode()) == (410, True)


@pytest.mark.once
@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"email": ""},
        {"email": "x"},
        {"email": "a@b"},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"email": "a\x00@example.org"},
        {"email": "a" * 300 + "@example.org"},
        {"email": "a@" + "x" * 70 + ".org"},
        {"email": READER, "rhythm": "hourly"},
        {"email": READER, "rhythm": b"\xff\xfe"},
        {"email": [READER, "x"]},
    ],
)
def test_what_was_typed_wrong_is_told_beside_the_field(client, record, typed):
    answer = client.post("/kk/mail/", {"feed": RECORD, "rhythm": "weekly", **typed})
    page = tree_of(answer)
    assert answer.status_code == 400
    for field in page.cssselect("[aria-invalid]"):
        assert page.get_element_by_id(field.get("aria-describedby")).text_content().strip()
    assert page.cssselect("[aria-invalid]")
    assert page.cssselect("input[name=feed]")[0].get("value") == RECORD
    assert mail.outbox == []


@pytest.mark.once
@pytest.mark.parametrize("token", ["x", "%00", "%FF", "a:b:c", "x" * 5000, "ҳ"])
@pytest.mark.parametrize("page", ["confirm", "manage"])
def test_a_link_that_is_not_ours_does_nothing(client, page, token):
    for method in (client.get, client.post):
        assert method(f"/uz/mail/{page}/{token}/").status_code in (400, 404, 410)


@pytest.mark.once
def test_bodies_that_are_no_form_are_refused(client, record):
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        answer = client.post("/en/mail/", data=b"\xff\x00" * 50, content_type=kind)
        assert answer.status_code == 400
    many = "&".join(f"x{number}=1" for number in range(10_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post("/en/mail/", data=many, content_type=kind).status_code == 400
    assert client.put("/en/mail/").status_code == 405
    assert client.post("/mail/", {"email": READER}).status_code in (302, 404, 405)
