"""Every page of the desk, for a walk through the training copy: whose it is, and the way to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.urls import resolve, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.oath import TOTP

from initiatives import actions, models
from initiatives.demonstration import OFFICERS, PASSWORD
from initiatives.lifecycle import Status
from tests.desk import address, edit

NOBODY, CHIEF = "", "administrator"
# Addresses that are no page: what a POST alone takes, a file, an answer for scripts.
NO_PAGES = {
    *("presence", "revert", "submit", "return", "publish", "checked", "keep", "forget"),
    *("address", "clues", "export", "failed", "apply", "undo"),
    "",  # a document, by its digest
    "bulk",  # reached from the list, see acts()
}
# Others that are none: redirections, answers for scripts, what is refused or needs no look.
NO_PAGES_BY_NAME = {
    *("former_status_request", "guide", "view_on_site", "logout", "auth_user_delete"),
    *("understood", "autocomplete", "jsi18n", "initiatives_document", "own_app_picture"),
    *("second_step", "own_codes", "own_app_removal"),  # for who has an app: see acts()
    # What scripts ask, and a page for who has one: see tests/test_passkeys_browser.py.
    *("passkey_sign_in", "own_passkey_question", "own_passkey_removal"),
    "own_passkey_name",
}
WITHOUT_KEY = {"changelist", "add", "session", "send"}


@dataclass(frozen=True)
class Page:
    """What `who` sees at `path`, after `act` has done there what leads on."""

    name: str
    who: str
    path: str
    act: Callable[[Any], None] | None = None
    is_main: bool = False  # looked at by `make test`, in the dark, on a tablet and in Russian
    is_rare: bool = False  # so much like another page that English in light passes it over


def of_addresses(known: Iterator[tuple[str, str]]) -> Iterator[Page]:
    """A page for each address that the desk has for a model."""
    for model, page in known:
        if page not in NO_PAGES and (model, page) not in _ELSEWHERE:
            key = [] if page in WITHOUT_KEY else [_shown(model).pk]
            path, is_often = address(model, page, *key), page in _OFTEN or model == "initiative"
            is_main = (page == "changelist" and model in _MAIN) or page == "session"
            yield Page(f"{model} {page}", CHIEF, path, is_main=is_main, is_rare=not is_often)


_OFTEN = {"changelist", "change", "session", "send", "take_down"}
_MAIN = {"initiative", "event", "source"}
_ELSEWHERE = {("changerequest", "mend")}  # only who asked has it


def _shown(model: str) -> Any:
    """The row that shows most of what the pages of its kind can show."""
    if model == "initiative":
        return record("Railway Oqqum")
    if model == "source":
        return models.Source.objects.filter(citations__isnull=False).exclude(document="").first()
    rows = apps.get_model("initiatives", model).objects.order_by("pk")
    if model in ("milestone", "funding"):
        rows = rows.filter(citations__isnull=False)
    return rows.first()


def unseen(pages: list[Page]) -> set[str]:
    """The names of the desk's addresses that none of `pages` has and that are pages."""
    seen = {resolve(page.path.partition("?")[0]).url_name for page in pages}
    left = set(_names(admin.site.urls[0])) - seen - NO_PAGES_BY_NAME
    endings = tuple(f"_{page}" for page in NO_PAGES if page)
    return {name for name in left if not name.endswith(endings)}


def _names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def record(title: str) -> models.Initiative:
    return models.Initiative.objects.get(title_en__startswith=title)


def user(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def others() -> Iterator[Page]:
    """Pages that no model has, and those that look different for others or in another state."""
    for role in OFFICERS:
        is_own = role == "editor"
        yield Page(f"first page of {role}", role, "/admin/", is_main=is_own, is_rare=not is_own)
        guide = reverse("admin:guide_of", args=[role])
        yield Page(f"guide of {role}", role, guide, is_rare=not is_own)
    yield from (
        Page(f"{path} of {who}", who, f"/admin/{path}", is_main=main) for who, path, main in _PLAIN
    )
    yield from _accounts()
    yield from _records()
    yield from _requests()


_PLAIN = (
    (CHIEF, "?of=desk", False),
    ("lost", "", False),  # has no desk
    ("idle", "", False),  # has nothing to do
    ("editor", "search/?q=bridge", True),
    ("editor", "search/?q=nothing-like-it", False),
    ("reviewer", "mail/", True),
    ("editor", "password_change/", False),
    ("editor", "password_change/done/", False),
    (CHIEF, "wrong-passwords/", False),
    ("editor", "sign-in/", True),
    (CHIEF, "sign-in/app/", False),
    ("editor", "sign-in/passkeys/add/", False),
    (CHIEF, "initiatives/", False),
    ("viewer", "initiatives/initiative/add/", True),  # 403
    ("viewer", "initiatives/nothing/", False),  # 404
    ("viewer", "initiatives/initiative/?q=nothing-like-it", False),
    ("editor", "initiatives/organisation/add/?_popup=1", False),
    ("editor", "initiatives/event/add/", False),
    (NOBODY, "login/", True),
    (NOBODY, "password/MQ/no-token/", False),
)


def _accounts() -> Iterator[Page]:
    officer = user("editor")
    key = urlsafe_base64_encode(force_bytes(officer.pk))
    link = reverse("admin:set_password", args=[key, default_token_generator.make_token(officer)])
    yield Page("first password", NOBODY, link)
    for page in ("changelist", "add"):
        yield Page(f"account {page}", CHIEF, reverse(f"admin:auth_user_{page}"))
    for page in ("change", "history", "password_change", "second_step"):
        yield Page(f"account {page}", CHIEF, reverse(f"admin:auth_user_{page}", args=[officer.pk]))


def _records() -> Iterator[Page]:
    draft, shown = record("Exchange of young"), record("Ferry line")
    status = address("initiative", "status", shown.pk)
    yield Page("draft of an editor", "editor", edit(draft), is_main=True)
    yield Page("published for a reader", "viewer", edit(shown))
    for title in ("Invented airport", "Glass works", "Joint faculty"):
        yield Page(title, "publisher", edit(record(title)), is_rare=title != "Invented airport")
    for to in Status.values:
        main = to == Status.IMPLEMENTED
        rare = to not in (Status.IMPLEMENTED, Status.CANCELLED)
        path = f"{status}?to={to}"
        yield Page(f"status {to}", "editor", path, is_main=main, is_rare=rare)
    last = shown.status_changes.order_by("number").last()
    yield Page("correction", "editor", f"{status}?corrects={last.pk}&to=suspended")


def _requests() -> Iterator[Page]:
    """Each kind and state of a request, for who decides and for who asked."""
    seen = set()
    for request in models.ChangeRequest.objects.order_by("pk"):
        name = f"{request.kind} {request.state}"
        if name not in seen:
            yield Page(name, "publisher", edit(request), is_main=request.kind == "publication")
            yield Page(f"own {name}", "editor", edit(request), is_rare=True)
        seen.add(name)
    refused = models.ChangeRequest.objects.filter(kind="edit", state="rejected").get()
    yield Page("mending", "editor", address("changerequest", "mend", refused.pk))
    for entry in models.ChangeSet.objects.all():
        yield Page(f"joint entry {entry.kind}", "editor", edit(entry))


def acts() -> Iterator[Page]:
    """Pages that answer what was typed, the last ones of the walk since they change the copy."""
    listed, shown = address("initiative"), record("Ferry line")
    status = f"{address('initiative', 'status', shown.pk)}?to=implemented"
    yield Page("form refused", "editor", address("initiative", "add"), _send("_save"))
    yield Page("event refused", "editor", address("event", "add"), _send("_save"))
    yield Page("status refused", "editor", status, _press(".submit-row .default"))
    yield Page("session refused", "editor", address("event", "session"), _session_refused)
    yield Page("statuses for many", "publisher", listed, _status_for_many)
    yield Page("import planned", "editor", address("importbatch", "send"), _send_file)
    yield Page("conflict", "publisher", edit(record("Exchange of young")), _meet)
    yield Page("wrong password", NOBODY, "/admin/login/", _sign_in_wrongly)
    yield Page("app set up", "reviewer", "/admin/sign-in/app/", _press("[name=begin]"))
    yield Page("recovery codes", "publisher", "/admin/sign-in/app/", _set_up, is_main=True)
    for path in ("sign-in/", "sign-in/codes/", "sign-in/app/remove/"):
        yield Page(f"{path} with an app", "publisher", f"/admin/{path}")
    yield Page("second step", NOBODY, "/admin/login/", _sign_in, is_main=True)
    yield Page("signed out", "viewer", "/admin/", _sign_out)


def _send(name: str) -> Callable[[Any], None]:
    return _press(f"[name={name}] >> nth=-1")


def _press(button: str) -> Callable[[Any], None]:
    def act(tab: Any) -> None:
        with tab.expect_navigation():
            tab.locator(button).click()

    return act


def _sign_out(tab: Any) -> None:
    tab.click(".desk-account summary")
    _press("#logout-form button")(tab)


def _session_refused(tab: Any) -> None:
    tab.fill("[name$='-0-decision']", "Open a bridge of paper.")
    tab.fill("[name$='-0-deadline']", "soon")
    _send("_save")(tab)


def _status_for_many(tab: Any) -> None:
    tab.check("#action-toggle")
    tab.select_option("[name=action]", "status")
    _press("#changelist-form .actions button")(tab)
    tab.check("[name=to][value=cancelled]")
    _press("#content .submit-row [type=submit] >> nth=0")(tab)


def _send_file(tab: Any) -> None:
    text = "code,title_en,kind\n,A bridge of paper,other\n,,no-such-kind\nCI-1999-0001,Lost,other\n"
    file = {"name": "bridges.csv", "mimeType": "text/csv", "buffer": text.encode()}
    tab.set_input_files("[type=file]", file)
    _press(".submit-row [type=submit] >> nth=0")(tab)


def _meet(tab: Any) -> None:
    draft = record("Exchange of young")
    draft.title_en = "Exchange of old architects"
    actions.save(draft, by=user("editor"))
    # The languages that an officer does not work in are folded away.
    tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    tab.fill("#id_title_en", "Exchange of wise architects")
    _send("_continue")(tab)


def _set_up(tab: Any) -> None:
    """What the app would show is worked out from the secret that was stored."""
    _press("[name=begin]")(tab)
    app = user("publisher").totpdevice_set.get(confirmed=False)
    tab.fill("#id_code", f"{TOTP(app.bin_key).token():06d}")
    _press(".submit-row .default")(tab)


def _sign_in(tab: Any) -> None:
    _sign_in_with(tab, "publisher", PASSWORD)


def _sign_in_wrongly(tab: Any) -> None:
    _sign_in_with(tab, "editor", "not this one")


def _sign_in_with(tab: Any, name: str, password: str) -> None:
    tab.fill("#id_username", name)
    tab.fill("#id_password", password)
    _press("#login-form [type=submit]")(tab)
