"""Every page of the desk in a real browser: axe finds nothing, and nothing lies beyond the edge."""

import re

import pytest
from django.conf import settings

from demo.building import build
from initiatives import models
from initiatives.models import SavedFilter
from tests.axe import AXE, WITHOUT_CONTRAST, found_by_axe
from tests.desk import make_desk, make_officer, signed_in
from tests.desk_walk import NOBODY, Page, acts, of_addresses, others, unseen, user
from tests.documents import PDF, attach, keep_in
from tests.memberships import make_member
from tests.test_desk_matrix import addresses_of_the_desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.no_editions,
    # Apart from the other browser tests, so that both processes have some.
    pytest.mark.xdist_group("desk pages"),
]
# As high as a long form, so that no bar that stays in sight covers what axe measures.
FULL = {"width": 1280, "height": 4000}
TABLET = {"width": 820, "height": 4000}
PHONE = 360
STATUS = re.compile(r"the server responded with a status of 40[34]|favicon")
TOO_WIDE = "wider than the screen"
# By how much the page, and the list on it, are wider than what is seen of them.
BEYOND = """() => [document.documentElement, ...document.querySelectorAll(".results")]
    .map(box => box.scrollWidth - box.clientWidth)"""


@pytest.fixture
def copy(settings, tmp_path):
    """The training copy, with a document, a kept filter, and officers who have nothing to do."""
    settings.DEMO = True
    keep_in(settings, tmp_path)
    build()
    chief = signed_in(user("administrator"))
    attach(chief, models.Source.objects.filter(citations__isnull=False).first(), PDF)
    make_officer("idle", desk=make_desk("Far away", countries=["JP"]))
    make_member("lost", desk=None)
    SavedFilter.objects.create(user=user("viewer"), name="Energy", query="status__exact=planned")


class Walk:
    """Through pages in one window; what is found is kept by page."""

    def __init__(self, browser, site, language, rules=AXE, **options):
        self.site, self.rules, self.found = site, rules, {}
        self.window = browser.new_context(reduced_motion="reduce", **options)
        self.window.add_cookies([self._cookie(settings.LANGUAGE_COOKIE_NAME, language)])
        self.tab = self.window.new_page()
        self.said = []
        self.tab.on("console", lambda said: self.said.append(said))
        self.width = options["viewport"]["width"]
        self.who = NOBODY

    def _cookie(self, name, value):
        return {"name": name, "value": value, "url": self.site}

    def through(self, pages: list[Page], *, also=()):
        """Look at each page, and whether it fits the widths in `also`."""
        for page in pages:
            self._sign_in(page.who)
            self.tab.goto(self.site + page.path)
            if page.act is not None:
                page.act(self.tab)
            # axe itself tries styles that the policy forbids, so it listens before.
            found = self._complaints() + self._violations() + self._too_wide(also)
            self.said.clear()
            if found:
                self.found[page.name] = found
        self.window.close()
        return self.found

    def _sign_in(self, who):
        if who == self.who:
            return
        self.who = who
        self.window.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        if who != NOBODY:
            key = signed_in(user(who)).cookies[settings.SESSION_COOKIE_NAME].value
            self.window.add_cookies([self._cookie(settings.SESSION_COOKIE_NAME, key)])

    def _complaints(self):
        """What the browser says of the page, but for the status that was asked for."""
        texts = [said.text for said in self.said if said.type in ("error", "warning")]
        self.said.clear()
        return [text for text in texts if not STATUS.search(text)]

    def _violations(self):
        return [(rule["id"], node["target"]) for rule, node in found_by_axe(self.tab, self.rules)]

    def _too_wide(self, also):
        found = []
        for width in (self.width, *also):
            self.tab.set_viewport_size({"width": width, "height": 4000})
            if any(self.tab.evaluate(BEYOND)):
                found.append((TOO_WIDE, width))
        if also:
            self.tab.set_viewport_size({"width": self.width, "height": 4000})
        return found


def all_pages() -> list[Page]:
    """Those of one officer after each other, so that each signs in once."""
    pages = [*of_addresses(addresses_of_the_desk()), *others()]
    return [*sorted(pages, key=lambda page: page.who), *acts()]


@pytest.mark.usefixtures("copy")
def test_main_pages_have_none_in_the_dark_on_a_tablet_in_russian(browser, live_server):
    pages = all_pages()
    assert unseen(pages) == set(), "each page of the desk has its place in tests/desk_walk.py"
    walk = Walk(browser, live_server.url, "ru", color_scheme="dark", viewport=TABLET)
    assert walk.through([page for page in pages if page.is_main], also=(PHONE,)) == {}


@pytest.mark.slow
@pytest.mark.usefixtures("copy")
def test_no_kind_of_page_has_a_violation_in_english(browser, live_server):
    walk = Walk(
        browser, live_server.url, "en", WITHOUT_CONTRAST, color_scheme="light", viewport=FULL
    )
    assert walk.through([page for page in all_pages() if not page.is_rare]) == {}


@pytest.mark.slow
@pytest.mark.usefixtures("copy")
@pytest.mark.parametrize(
    ("colours", "screen", "language", "rules"),
    [
        pytest.param("light", FULL, "ru", AXE, id="light-ru"),
        pytest.param("dark", FULL, "en", AXE, id="dark-en"),
        pytest.param("dark", TABLET, "kk", WITHOUT_CONTRAST, id="dark-tablet-kk"),
    ],
)
def test_no_page_at_all_has_one(browser, live_server, colours, screen, language, rules):
    walk = Walk(browser, live_server.url, language, rules, color_scheme=colours, viewport=screen)
    assert walk.through(all_pages()) == {}
