"""Fixtures for all tests: the system's browser."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A request leaves its language behind in this process; the next test starts in English."""
    with translation.override("en"):
        yield
