"""Fixtures for all tests: the system's browser, and a register that knows the factories' rows."""

import gc
import os
import shutil
from collections.abc import Iterator

import pytest
from django.template import Context, Engine, Template
from django.test.client import ClientHandler
from django.test.signals import template_rendered
from django.test.utils import teardown_databases
from django.utils import translation
from django.utils.safestring import SafeString
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from initiatives.editions.index import index
from initiatives.editions.search import search
from tests import migrated_database
from tests.first_editions import issued_before_requests
from tests.second_steps import move_clock

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# How long an invented case takes says nothing: the machine may be busy.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")
# Pages of ours ask for nothing from elsewhere, and neither shall the browser by itself.
BROWSER_OPTIONS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, driven by Playwright; nothing is downloaded.

    Playwright's calls run inside an event loop of this thread, where Django refuses the ORM
    unless DJANGO_ALLOW_ASYNC_UNSAFE is set. No two of them run at once, so it is safe here.
    """
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        give_up_browser("Chromium is not installed (Debian: apt install chromium)")
    options = list(BROWSER_OPTIONS)
    if os.geteuid() == 0:
        options.append("--no-sandbox")  # the sandbox refuses to start as root
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=program, args=options)
        yield chromium
        chromium.close()


def give_up_browser(reason: str) -> None:
    """Skip the test, except in CI, where a skipped test would be taken for a passed one."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_collection_finish() -> None:
    """The program and its tests stay to the end, so the collector need not look through them again
    with every page that a test asks for."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment, django_db_blocker, django_db_modify_db_settings
) -> Iterator[None]:
    """Instead of pytest-django's, which migrates on every run."""
    cache = getattr(request.config, "cache", None)
    with django_db_blocker.unblock():
        config = migrated_database.create(cache and cache.mkdir("databases"))
    yield
    with django_db_blocker.unblock():
        teardown_databases(config, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_pages(django_test_environment) -> Iterator[None]:
    """Tests read what a view gave its page, but Django's client copies the context of every
    template in it, of which a form has a thousand: one for each widget, label and list of errors.
    """
    engine = Engine.get_default()

    def render(template: Template, context: Context) -> SafeString:
        if context.template is template and template.engine is engine:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A request leaves its language behind in this process; the next test starts in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def now(monkeypatch) -> list[int]:
    """An instant, in seconds, that the test moves for whoever signs in: `now[0] += 60`."""
    return move_clock(monkeypatch)


@pytest.fixture(autouse=True)
def _register(request) -> Iterator[None]:
    """The factories write rows past the actions, so their editions are written when they are asked
    for: before a test's client reads a public page. A test of the register itself says
    `no_editions` and writes its own.
    """
    index.forget()
    search.forget()
    # The server asks for the database by itself.
    wanted = {"db", "transactional_db", "django_db_setup", "live_server"} & {*request.fixturenames}
    if not wanted or request.node.get_closest_marker("no_editions"):
        yield
        return
    # A server in a thread sends from handlers of its own.
    with issued_before_requests(
        sender=None if "live_server" in request.fixturenames else ClientHandler
    ):
        yield
