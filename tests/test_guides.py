"""A guide for each role in each language: its links, pictures and names of buttons exist."""

import re
import tomllib
from pathlib import Path

import polib
import pytest
from django.contrib.staticfiles import finders
from lxml import html

from docs.take_screenshots import VIEWS
from initiatives.choices import DeskRole
from initiatives.desk.admin.guides.contents import (
    JOBS,
    PICTURES,
    ROLES,
    TEXTS,
    names_in,
    with_names,
)
from tests.desk import make_chief, make_officer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "ru", "uz", "kk")
LARGEST, LARGEST_TOGETHER = 150_000, 3_000_000  # bytes


def written(language):
    return tomllib.loads((TEXTS / f"{language}.toml").read_text(encoding="utf-8"))


def leaves(table, path=()):
    """(where, text) of every text of a table."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        if isinstance(value, str):
            yield (*path, key), value
        else:
            yield from leaves(value, (*path, key))


def page_of(client, role, language="en"):
    client.cookies["django_language"] = language
    answer = client.get(f"/admin/guide/{role}/")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_language_has_all_that_english_has_and_names_the_same_buttons(language):
    english, other = dict(leaves(written("en"))), dict(leaves(written(language)))
    assert list(english) == list(other)
    for place, text in english.items():
        if "can" in place or "steps" in place:
            assert names_in(text) == names_in(other[place]), place
        assert text != other[place], place


def test_what_a_guide_calls_a_button_is_what_the_desk_calls_it():
    named = {name for _place, text in leaves(written("en")) for name in names_in(text)}
    for language in LANGUAGES[1:]:
        catalogue = polib.pofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.po"))
        known = {
            f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid
            for entry in catalogue
            if entry.translated()
        }
        assert named - known == set()


def test_every_job_belongs_to_one_role_and_is_written():
    jobs = [job for jobs in JOBS.values() for job in jobs]
    assert sorted(jobs) == sorted(written("en")["job"])
    assert set(PICTURES) == {name for name, job in written("en")["job"].items() if "picture" in job}


def test_each_picture_is_there_in_each_language_and_small():
    files = list((ROOT / "static" / "guide").rglob("*.*"))
    wanted = {f"{language}/{name}.webp" for language in LANGUAGES for name in PICTURES.values()}
    assert {str(file.relative_to(ROOT / "static" / "guide")) for file in files} == wanted
    assert max(file.stat().st_size for file in files) < LARGEST
    assert sum(file.stat().st_size for file in files) < LARGEST_TOGETHER
    assert set(VIEWS) == set(PICTURES.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_a_guide_shows_its_jobs_and_leads_nowhere_wrong(role, language):
    client = signed_in(make_officer())
    page = page_of(client, role, language)
    titles = [one.text_content() for one in page.cssselect(".guide-job h3")]
    assert titles == [written(language)["job"][job]["title"] for job in JOBS[role]]
    assert page.get("lang") == language
    assert "{" not in page.cssselect(".guide")[0].text_content()
    links = {link.get("href") for link in page.cssselect(".guide a")}
    for address in links:
        if address.startswith("#"):
            assert page.get_element_by_id(address[1:]) is not None
        else:
            assert client.get(address).status_code == 200
    for image in page.cssselect(".guide img"):
        assert finders.find(image.get("src").removeprefix("/static/"))
        assert image.get("alt")


def test_names_of_buttons_are_escaped_and_set_apart():
    assert with_names("Press {Save} & <go>") == "Press <b>Save</b> &amp; &lt;go&gt;"


@pytest.mark.parametrize("role", DeskRole.values)
def test_the_header_leads_an_officer_to_the_guide_of_the_own_role(role):
    client = signed_in(make_officer(role=role))
    link = html.fromstring(client.get("/admin/").content).xpath("//div[@id='user-tools']//a/@href")
    assert "/admin/guide/" in link
    own = f"/admin/guide/{DeskRole(role).name.lower()}/"
    assert client.get("/admin/guide/").headers["Location"] == own
    first = page_of(client, "viewer").cssselect(".guide-roles a")[0]
    assert first.get("href") == own


def test_an_administrator_has_a_guide_and_who_is_on_no_desk_reads_that_of_a_viewer():
    assert (
        signed_in(make_chief()).get("/admin/guide/").headers["Location"].endswith("administrator/")
    )
    officer = make_officer()
    officer.desks.all().delete()
    assert signed_in(officer).get("/admin/guide/").headers["Location"].endswith("viewer/")


def test_a_role_that_is_not_there_is_told_in_the_frame_and_a_visitor_signs_in(client):
    assert signed_in(make_officer()).get("/admin/guide/king/").status_code == 404
    assert client.get("/admin/guide/editor/").status_code == 302
    assert re.search("login", client.get("/admin/guide/").headers["Location"])
