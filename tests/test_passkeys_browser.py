"""Passkeys in a real browser, with the device that Chromium itself plays: added, used, removed."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model

from initiatives.models import Passkey
from tests.desk import make_officer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("desk pages"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Hands:
    """An officer at a computer whose device is Chromium's own."""

    def __init__(self, browser, live_server):
        # A passkey belongs to a name, and 127.0.0.1 is none.
        self.site = f"http://localhost:{urlsplit(live_server.url).port}"
        self.window = browser.new_context(reduced_motion="reduce", locale="en")
        self.tab = self.window.new_page()
        self.said = []
        self.tab.on("console", self._hear)
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.cdp = self.window.new_cdp_session(self.tab)
        self.cdp.send("WebAuthn.enable")
        self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def _hear(self, said):
        if said.type in ("error", "warning"):
            self.said.append(said.text)

    def open(self, path):
        self.tab.goto(self.site + path)

    def type_password(self):
        self.open("/admin/")
        self.tab.fill("#id_username", "aziza")
        self.tab.fill("#id_password", "pw")
        self._go("#login-form [type=submit]")

    def press(self):
        """The button of the passkey, after which the form is sent."""
        self._go(".desk-passkey button")

    def press_in_vain(self, words):
        self.tab.click(".desk-passkey button")
        self.tab.wait_for_function(
            "words => document.querySelector('.desk-passkey-said').textContent.includes(words)",
            arg=words,
        )

    def _go(self, what):
        with self.tab.expect_navigation():
            self.tab.click(what)

    def proves_and_goes_on(self):
        self.tab.fill("#id_password", "pw")
        self.press()

    def sign_out(self):
        self.tab.click(".desk-account summary")
        self._go("#logout-form button")

    def text(self):
        return self.tab.inner_text("body")

    def has_no_violation(self):
        assert self.said == []
        options = {
            "runOnly": {"type": "tag", "values": TAGS},
            "resultTypes": ["violations"],
            "preload": False,
        }
        found = Axe().run(self.tab, options=options).response["violations"]
        self.said.clear()  # axe tries styles that the policy forbids
        assert [(one["id"], node["target"]) for one in found for node in one["nodes"]] == []


@pytest.fixture
def hands(browser, live_server):
    make_officer("aziza", last_name="Karimova")
    hands = Hands(browser, live_server)
    yield hands
    hands.window.close()


def test_an_officer_adds_uses_and_removes_passkeys(hands):
    hands.type_password()
    hands.open("/admin/sign-in/passkeys/add/")
    hands.has_no_violation()
    hands.tab.fill("#id_name", "")
    hands.press_in_vain("Fill in the field")
    hands.tab.fill("#id_name", "Telephone")
    hands.press()
    assert hands.tab.locator(".desk-codes code").count() == 10
    hands.open("/admin/sign-in/")
    assert "Telephone" in hands.text()
    hands.has_no_violation()
    # The same device once more: the proof is shown with it, and then it says that it is known.
    hands.open("/admin/sign-in/passkeys/add/")
    hands.has_no_violation()
    hands.press_in_vain("Fill in the field")
    hands.proves_and_goes_on()
    hands.press_in_vain("already")
    hands.sign_out()
    # Behind the password.
    hands.type_password()
    assert "show your passkey" in hands.text()
    hands.has_no_violation()
    hands.press()
    assert hands.tab.locator("#user-tools").count() == 1
    hands.sign_out()
    # Alone.
    hands.open("/admin/login/?next=/admin/sign-in/")
    hands.has_no_violation()
    hands.press()
    assert hands.tab.url.endswith("/admin/sign-in/")
    assert Passkey.objects.get().sign_count >= 3
    # Removed.
    with hands.tab.expect_navigation():
        hands.tab.click("text=Remove >> nth=0")
    hands.has_no_violation()
    hands.proves_and_goes_on()
    assert "is removed" in hands.text()
    assert not Passkey.objects.exists()
    assert not get_user_model().objects.get().recovery_codes.exists()


def test_what_does_not_work_is_said_in_words(hands):
    hands.open("/admin/login/")
    hands.press_in_vain("none on this device fits")
    hands.type_password()
    hands.open("/admin/sign-in/passkeys/add/")
    hands.press()
    hands.sign_out()
    Passkey.objects.all().delete()
    hands.open("/admin/login/")
    hands.press()
    assert "is not known here" in hands.text()
    hands.tab.route("**/login/passkey/", lambda route: route.abort())
    hands.press_in_vain("did not answer")


def test_without_scripts_or_a_name_the_page_says_what_else_there_is(browser, live_server):
    window = browser.new_context(java_script_enabled=False)
    tab = window.new_page()
    port = urlsplit(live_server.url).port
    tab.goto(f"http://localhost:{port}/admin/login/")
    assert "Sign in without one" in tab.inner_text("body")
    assert not tab.locator(".desk-passkey button").is_visible()
    tab.goto(f"http://127.0.0.1:{port}/admin/login/")
    assert "not by a number such as 127.0.0.1" in tab.inner_text("body")
    window.close()
