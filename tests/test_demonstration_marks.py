"""A training copy is told from the true site by every page, file, feed and mail: DEMO does it."""

import os
import subprocess
import sys

import pytest
from django.template.loader import render_to_string
from lxml import html

from initiatives.demonstration import PASSWORD
from initiatives.desk.digest import mail_for
from tests.desk import make_chief, signed_in
from tests.factories import make_event, make_initiative
from tests.test_settings import GOOD, ROOT, start

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"
BANNER = {
    "en": "This is a training copy.",
    "ru": "Это учебная копия.",
    "uz": "Bu oʻquv nusxasi.",
    "kk": "Бұл — оқу көшірмесі.",
}
PUBLIC = (
    "",
    "initiatives/",
    f"initiatives/{CODE}/",
    "countries/",
    "events/",
    "about/data/",
    "none/",
)


@pytest.fixture
def record():
    return make_initiative(CODE, title_en="Dam")


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


def read(answer):
    return html.fromstring(answer.content.decode())


def banners(page):
    return [" ".join(one.text_content().split()) for one in page.cssselect("aside.demonstration")]


@pytest.mark.usefixtures("record", "demonstration")
class TestDemonstration:
    @pytest.mark.parametrize("language", BANNER)
    @pytest.mark.parametrize("page", PUBLIC)
    def test_public_pages_bear_one_banner_in_the_readers_language(self, client, language, page):
        (banner,) = banners(read(client.get(f"/{language}/{page}")))
        assert BANNER[language] in banner

    @pytest.mark.parametrize("page", [*PUBLIC, "initiatives/?status=planned"])
    def test_no_public_page_is_indexed(self, client, page):
        answer = client.get(f"/en/{page}")
        robots = read(answer).xpath("//meta[@name='robots']/@content")
        assert robots == ["noindex, nofollow"]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"

    @pytest.mark.parametrize(
        "page", ["", "initiatives/initiative/", "initiatives/source/add/", "no/"]
    )
    @pytest.mark.parametrize("small", ["", "?_popup=1"])
    def test_pages_of_the_desk_bear_one_banner_small_windows_too(self, page, small):
        answer = signed_in(make_chief()).get(f"/admin/{page}{small}")
        assert len(banners(read(answer))) == 1

    def test_the_page_of_an_error_bears_it(self):
        assert len(banners(html.fromstring(render_to_string("500.html")))) == 1

    def test_the_sign_in_page_names_the_officers_and_their_password(self, client):
        page = read(client.get("/admin/login/"))
        shown = [one.text for one in page.cssselect(".demonstration-officers code")]
        assert shown == [PASSWORD, "viewer", "editor", "reviewer", "publisher", "administrator"]
        assert len(banners(page)) == 1

    @pytest.mark.parametrize(
        "address", ["/en/initiatives.csv", "/en/initiatives.xlsx", "/en/changes.csv"]
    )
    def test_files_are_called_demonstration_and_not_indexed(self, client, address):
        answer = client.get(address)
        assert 'filename="demonstration-' in answer.headers["Content-Disposition"]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"

    def test_what_the_desk_exports_is_called_so_too(self):
        answer = signed_in(make_chief()).get("/admin/initiatives/initiative/as/csv/")
        assert 'filename="demonstration-internal-' in answer.headers["Content-Disposition"]

    def test_feeds_and_calendars_say_it_in_their_titles(self, client):
        make_event("visit", publication="published")
        feed = client.get("/ru/initiatives.atom").getvalue().decode()
        assert "<title>Демонстрация: " in feed
        calendar = client.get("/en/events.ics").getvalue().decode()
        assert "NAME:Demonstration: " in calendar

    def test_the_mail_says_it_in_its_subject(self):
        chief = make_chief()
        assert mail_for(chief, "en").subject.startswith("Demonstration: ")


def test_a_true_site_bears_no_mark(client, record):
    page = client.get("/en/initiatives/")
    assert banners(read(page)) == []
    assert "X-Robots-Tag" not in page.headers
    assert PASSWORD not in client.get("/admin/login/").content.decode()
    table = client.get("/en/initiatives.csv").headers["Content-Disposition"]
    assert 'filename="initiatives-' in table


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:////srv/db.sqlite3",
        "sqlite:////srv/demo/db.sqlite3",
        "postgres://u:p@host/tracker",
        "postgres://demo:demo@demo/democracy",
    ],
)
def test_a_database_that_is_not_marked_is_refused_with_the_cure(tmp_path, address):
    said = start(tmp_path, **GOOD, DEMO="true", DATABASE_URL=address)
    assert "not marked for a demonstration" in said
    assert "tracker_demo" in said


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DATABASE_URL": "sqlite:////srv/demo.sqlite3"},
        {"DATABASE_URL": "postgres://u:p@host/tracker_demo"},
    ],
)
def test_a_database_that_is_marked_is_taken(tmp_path, environment):
    assert start(tmp_path, **GOOD, DEMO="true", **environment) == ""


def test_no_copy_is_made_on_a_true_site(tmp_path):
    database = tmp_path / "true.sqlite3"
    true_site = {"DEMO": "false", "DATABASE_URL": f"sqlite:///{database}"}
    done = subprocess.run(
        [sys.executable, "-m", "demo", "--fresh"],
        env={"PATH": os.environ["PATH"], **GOOD, **true_site},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "DEMO is off" in done.stderr
    assert not database.exists()
