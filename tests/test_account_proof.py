"""The way into an account is changed only by who types the own password."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.views.debug import SafeExceptionReporterFilter

from initiatives.choices import DeskRole
from initiatives.models import AccountEvent, Desk, DeskMember
from tests import accounts
from tests.accounts import LIST, WORD, add, changes_of, page_of, save
from tests.desk import address, edit, errors_in, make_officer, signed_in, values_of

pytestmark = pytest.mark.django_db
chief, desk = accounts.chief, accounts.desk


@pytest.mark.parametrize("typed", ["", "wrong"])
def test_nobody_sets_a_password_of_others_without_their_own(desk, typed):
    officer = make_officer()
    at = reverse("admin:auth_user_password_change", args=[officer.pk])
    answer = desk.post(at, {"new_password1": WORD, "new_password2": WORD, "password": typed})
    assert len(errors_in(answer)) == 1
    officer.refresh_from_db()
    assert officer.check_password("pw")
    assert changes_of(officer) == []


def test_a_password_that_is_refused_counts_no_try_of_ones_own(desk, settings):
    settings.AXES_ENABLED = True
    at = reverse("admin:auth_user_password_change", args=[make_officer().pk])
    desk.post(at, {"new_password1": WORD, "new_password2": "another", "password": "wrong"})
    assert not AccountEvent.objects.exists()


@pytest.mark.parametrize(
    ("changed", "typed", "told"),
    [
        ({"email": "mine@example.org"}, "", "Type your own password"),
        ({"email": "mine@example.org"}, "wrong", "The password is not right."),
        ({"is_superuser": "on"}, "", "Type your own password"),
        ({"is_active": ""}, "", "Type your own password"),
        ({"role": "3"}, "wrong", "The password is not right."),
    ],
)
def test_the_way_into_an_account_is_not_changed_without_it(desk, changed, typed, told):
    officer = make_officer(email="aziza@example.org")
    answer = save(desk, page_of(officer), own_password=typed, **changed)
    assert told in " ".join(errors_in(answer))
    officer.refresh_from_db()
    assert (officer.email, officer.is_superuser) == ("aziza@example.org", False)
    assert officer.is_active
    assert changes_of(officer) == []


def test_no_account_is_made_without_it(desk):
    answer = add(desk, own_password="")
    assert "Type your own password" in " ".join(errors_in(answer))
    assert not get_user_model().objects.filter(username="aziza").exists()
    add(desk, is_superuser="on")
    assert get_user_model().objects.get(username="aziza").is_superuser


def test_what_opens_no_way_into_an_account_needs_none(desk):
    officer = make_officer(first_name="Aziza")
    save(desk, page_of(officer), own_password="", last_name="Karimova", mail_language="ru")
    officer.refresh_from_db()
    assert officer.last_name == "Karimova"
    assert officer.desks.get().digest_language == "ru"


def test_nobody_is_deactivated_from_the_list_without_it(desk):
    first, second = make_officer("first"), make_officer("second")
    chosen = {"action": "deactivate", "_selected_action": [first.pk, second.pk]}
    asked = desk.post(LIST, chosen)
    assert "signed out at once: first, second." in asked.content.decode().lower()
    assert "Show first that it is you" in asked.content.decode()
    wrong = desk.post(LIST, chosen | {"password": "wrong"})
    assert "The password is not right." in "".join(errors_in(wrong))
    assert get_user_model().objects.filter(is_active=True).count() == 3
    desk.post(LIST, chosen | {"password": "pw"})
    assert get_user_model().objects.filter(is_active=True).count() == 1


def test_a_desk_gives_no_role_and_covers_nothing_more_without_it(desk):
    member = make_officer(role=DeskRole.EDITOR).desks.get()
    at = edit(member.desk)
    values = values_of(desk.get(at))
    for change in ({"members-0-role": "4"}, {"covers_all": ""}, {"members-0-DELETE": "on"}):
        sent = {name: value for name, value in (values | change).items() if value != ""}
        for typed in ("", "wrong"):
            assert errors_in(desk.post(at, sent | {"own_password": typed}))
    member.refresh_from_db()
    assert (member.role, member.desk.covers_all) == (DeskRole.EDITOR, True)
    desk.post(at, values | {"name": "Other", "members-0-digest_language": "kk"})
    member = DeskMember.objects.get()
    assert (member.desk.name, member.digest_language) == ("Other", "kk")
    desk.post(at, values_of(desk.get(at)) | {"members-0-role": "4", "own_password": "pw"})
    assert DeskMember.objects.get().role == DeskRole.PUBLISHER


def test_no_desk_is_deleted_without_it(desk):
    gone = make_officer().desks.get().desk
    at = address("desk", "delete", gone.pk)
    asked = desk.post(at, {"post": "yes"})
    assert values_of(asked)["post"] == "yes"
    assert errors_in(desk.post(at, {"post": "yes", "password": "wrong"}))
    assert DeskMember.objects.filter(desk=gone).exists()
    desk.post(at, {"post": "yes", "password": "pw"})
    assert not Desk.objects.filter(pk=gone.pk).exists()


def test_no_report_of_an_error_has_what_was_typed_there(desk):
    officer = make_officer()
    own = reverse("admin:auth_user_password_change", args=[officer.pk])
    for at in (LIST, own, page_of(officer), edit(officer.desks.get().desk)):
        request = desk.post(at, {"password": "a word of mine"}).wsgi_request
        shown = SafeExceptionReporterFilter().get_post_parameters(request)
        assert (at, shown["password"]) == (at, SafeExceptionReporterFilter.cleansed_substitute)


# --- What the owner is told -----------------------------------------------------------------------


def test_the_owner_is_told_of_a_password_that_somebody_set(desk, mailoutbox):
    officer = make_officer(email="aziza@example.org")
    at = reverse("admin:auth_user_password_change", args=[officer.pk])
    desk.post(at, {"new_password1": WORD, "new_password2": WORD, "password": "pw"})
    (mail,) = mailoutbox
    assert mail.to == ["aziza@example.org"]
    assert mail.subject == "A new password was set for your account"
    assert WORD not in mail.body


def test_the_owner_is_told_of_a_password_that_was_changed_in_their_session(mailoutbox):
    officer = make_officer(email="aziza@example.org")
    typed = {"old_password": "pw", "new_password1": WORD, "new_password2": WORD}
    signed_in(officer).post(reverse("admin:password_change"), typed)
    (mail,) = mailoutbox
    assert "From: 127.0.0.1" in mail.body
    assert re.search(r"^When: .+ \(UTC\+05:00\)$", mail.body, re.MULTILINE)


def test_both_addresses_are_told_that_one_took_the_place_of_the_other(
    desk, mailoutbox, django_capture_on_commit_callbacks
):
    officer = make_officer(email="old@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        save(desk, page_of(officer), email="new@example.org", mail_language="ru")
    assert [mail.to for mail in mailoutbox] == [["old@example.org"], ["new@example.org"]]
    for mail in mailoutbox:
        assert mail.subject == "Адрес электронной почты вашей учётной записи изменён"
        assert "Раньше: old@example.org\nТеперь: new@example.org" in mail.body
    with django_capture_on_commit_callbacks(execute=True):
        save(desk, page_of(officer), email="")
    assert [mail.to for mail in mailoutbox[2:]] == [["new@example.org"]]


def test_wrong_ones_are_counted_and_kept_as_such(desk, chief, settings):
    settings.AXES_ENABLED = True
    officer = make_officer()
    for _ in range(5):
        answer = save(desk, page_of(officer), own_password="wrong", email="mine@example.org")
    assert answer.status_code == 429
    acts = AccountEvent.objects.filter(account=chief).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["wrong_password"] * 5 + ["shut"]
    late = save(desk, page_of(officer), email="mine@example.org")
    assert late.status_code == 429
    officer.refresh_from_db()
    assert officer.email == ""
