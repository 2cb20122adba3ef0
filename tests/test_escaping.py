"""A text is escaped once: pages and formats show the signs that were typed, and no entities."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar
from lxml import etree, html

from initiatives import actions
from initiatives.models import Initiative
from tests import factories as make
from tests.desk import edit, make_chief, make_officer, signed_in
from tests.full_records import make_full
from tests.stories import revise

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"
TEXT = "O'zbekiston & \"Qozog'iston\" <b>"
ENTITY = re.compile(r"&(?:amp;)*(?:#x?[0-9a-fA-F]+|amp|quot|apos|lt|gt);")
LANGUAGES = ("en", "ru", "uz", "kk")
PAGES = (
    "",
    "initiatives/",
    "initiatives/?view=table",
    "initiatives/?q=Qozog%27iston+%26",
    "initiatives/?organisation=bank&country=KZ&sector=energy",
    f"initiatives/{CODE}/",
    "countries/",
    "countries/kz/",
    "countries/kg/",
    "sectors/",
    "sectors/energy/",
    "organisations/",
    "organisations/bank/",
    "pairs/kz-uz/",
    "events/",
    "events/talks/",
    "changes/",
    "about/data/",
    "api/v1/docs/",
)


def in_four(*names):
    return {f"{name}_{language}": TEXT for name in names for language in LANGUAGES}


@pytest.fixture
def record():
    """A record whose every text has signs that HTML would escape."""
    names = in_four("name")
    for iso2 in ("UZ", "KZ", "KG"):
        make.make_country(iso2, **names)
    make.make_sector("energy", **names)
    bank = make.make_organisation("bank", acronym="A&B", **names)
    source = make.make_source(title=TEXT, publisher=TEXT)
    made = make.make_initiative(
        CODE, planned_end="2020", **in_four("title", "summary", "description", "outcome")
    )
    make_full(made, 1)
    make.add_country(made, "KG", "observer")
    make.add_organisation(made, "bank")
    make.make_funding(made, "5", provider=bank, receiver=bank, **in_four("note"))
    made.milestones.create(number=9, planned="2099", protocol_reference=TEXT, **in_four("title"))
    words = in_four("title", "place", "outcome")
    event = make.make_event("talks", state="planned", start="2099-05-14", **words)
    make.link_event(made, event, **in_four("decision"))
    change = make.make_status_change(made, "agreed", **in_four("reason"))
    for claim in (made, change, event):
        make.cite(claim, source, locator=TEXT)
    revise(made, old="2019", new="2020", recorded_at=timezone.now(), **in_four("reason"))
    return made


def shown(tree):
    """Every text and attribute of a document, as a reader or a program has it before them; the HTML
    that readers copy into pages of their own is shown as it is written."""
    for node in tree.iter():
        is_shown = isinstance(node.tag, str) and node.tag not in ("script", "style")
        if is_shown and node.get("id") != "embed-code":
            yield from filter(None, (node.text, *node.attrib.values()))
        yield node.tail or ""


def escaped_twice(tree):
    return [text for text in shown(tree) if ENTITY.search(text)]


def strings(value):
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


def body(response):
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_pages_escape_once(client, record, page, language):
    response = client.get(f"/{language}/{page}")
    assert response.status_code == 200
    tree = html.fromstring(response.content.decode())
    assert escaped_twice(tree) == []
    for code in tree.cssselect("#embed-code"):
        assert escaped_twice(html.fromstring(code.text)) == []
    for script in tree.cssselect("script[type='application/ld+json']"):
        assert not any(ENTITY.search(text) for text in strings(json.loads(script.text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_shows_the_summary_as_it_was_typed(client, record, language):
    tree = html.fromstring(client.get(f"/{language}/initiatives/").content.decode())
    (summary,) = tree.cssselect(f"[data-code={CODE}] .card-summary")
    assert summary.text_content() == TEXT
    assert not summary.cssselect("b")


def test_a_summary_in_another_language_is_cut_without_breaking_its_marks(client):
    made = make.make_initiative(summary_ru=f"{TEXT} " * 30)
    tree = html.fromstring(client.get("/en/initiatives/").content.decode())
    (summary,) = tree.cssselect(f"[data-code={made.code}] .card-summary")
    assert summary.text_content().startswith(TEXT)
    assert summary.cssselect("[lang=ru]")


def test_the_head_of_a_record_says_title_and_summary(client, record):
    tree = html.fromstring(client.get(f"/uz/initiatives/{CODE}/").content.decode())
    for name in ("description", "og:description"):
        (meta,) = tree.xpath(f"//meta[@name='{name}' or @property='{name}']")
        assert TEXT in meta.get("content")
    (title,) = tree.xpath("//meta[@property='og:title']/@content")
    assert title == f"{TEXT} ({CODE})"
    assert tree.xpath("//title")[0].text.startswith(title)
    told = json.loads(tree.cssselect("script[type='application/ld+json']")[0].text)
    assert told["mainEntity"]["description"] == told["name"] == TEXT


@pytest.mark.parametrize(
    "address", ["initiatives", f"initiatives/{CODE}", "countries/kz", "pairs/kz-uz", "events"]
)
def test_feeds_escape_once(client, record, address):
    root = etree.fromstring(body(client.get(f"/uz/{address}.atom")))
    assert ENTITY.search(" ".join(root.xpath("//*[local-name()='title']/text()"))) is None
    summaries = root.xpath("//*[local-name()='summary']")
    assert {one.get("type") for one in summaries} == {"html"}
    for one in summaries:
        assert escaped_twice(html.fromstring(one.text)) == []
    assert any(TEXT in html.fromstring(one.text).text_content() for one in summaries)


@pytest.mark.parametrize("address", [f"initiatives/{CODE}", "countries/kz", "events"])
def test_calendars_have_the_signs_themselves(client, record, address):
    calendar = Calendar.from_ical(body(client.get(f"/uz/{address}.ics")))
    values = [str(value) for part in calendar.walk() for _name, value in part.property_items()]
    assert not any(ENTITY.search(value) for value in values)
    assert any(TEXT in value for value in values)


@pytest.mark.parametrize(
    "address",
    ["initiatives.json", f"initiatives/{CODE}.json", "initiatives.csv", "initiatives.iati.xml"],
)
def test_files_have_the_signs_themselves(client, record, address):
    text = body(client.get(f"/uz/{address}")).decode()
    if address.endswith("json"):
        assert not any(ENTITY.search(one) for one in strings(json.loads(text)))
    elif address.endswith("xml"):
        assert escaped_twice(etree.fromstring(text.encode())) == []
    else:
        assert ENTITY.search(text) is None


@pytest.mark.parametrize("page", ["", "history/", "status/"])
def test_the_desk_escapes_once(record, page):
    chief = make_chief()
    fresh = Initiative.objects.get(code=CODE)
    fresh.summary_uz = f"{TEXT}!"
    actions.save(fresh, by=chief)
    form = edit(record)
    address = form if not page else form.replace("change/", page)
    tree = html.fromstring(signed_in(chief).get(address).content.decode())
    assert escaped_twice(tree) == []


def test_the_mail_has_the_signs_themselves(record):
    make_officer(email="officer@example.org")
    then = timezone.now() - timedelta(days=200)
    Initiative.objects.filter(code=CODE).update(created_at=then, review_every_days=1)
    call_command("send_digest", verbosity=0)
    (letter,) = mail.outbox
    assert TEXT in letter.body
    assert ENTITY.search(letter.body + letter.subject) is None
