"""The page of an officer's account: who they are, what they may do, and nothing without effect."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from lxml import html

from initiatives.choices import DeskRole
from initiatives.desk.digest import recipients
from initiatives.models import DeskMember
from tests import accounts
from tests.accounts import LIST, NEW, ROLES, WORD, add, changes_of, page_of, save
from tests.desk import add_row, errors_in, make_chief, make_desk, make_officer, signed_in, values_of

pytestmark = pytest.mark.django_db
chief, desk = accounts.chief, accounts.desk


# --- A new account --------------------------------------------------------------------------------


def test_an_officer_is_added_on_one_page_with_mail_language_desk_and_role(
    desk, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        add(desk, first_name="Aziza", last_name="Karimova")
    user = get_user_model().objects.get(username="aziza")
    member = DeskMember.objects.get(user=user)
    assert (user.get_full_name(), user.email) == ("Aziza Karimova", "aziza@example.org")
    assert (user.is_staff, user.is_active, user.is_superuser) == (True, True, False)
    assert (member.desk.name, member.role, member.digest_language) == ("Everything", 3, "uz")


def test_who_made_the_account_and_gave_the_role_is_recorded(desk, chief):
    add(desk)
    user = get_user_model().objects.get(username="aziza")
    account, place, *_language = changes_of(user)
    assert account.recorded_by == place.recorded_by == chief
    assert account.fields["email"] == [None, "aziza@example.org"]
    assert place.fields["role"] == [None, "3"]
    history = desk.get(reverse("admin:auth_user_history", args=[user.pk])).content.decode()
    assert "User added: aziza" in history
    assert "Reviewer" in history


def test_the_first_password_is_set_with_a_link_by_mail_that_works_once(
    desk, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        add(desk)
    assert mail.outbox[0].to == ["aziza@example.org"]
    link = re.search(r"https?://[^/]+(/admin/password/\S+)", mail.outbox[0].body)[1]
    theirs = Client()
    form = theirs.get(link, follow=True)
    assert form.status_code == 200
    at = form.redirect_chain[-1][0]
    theirs.post(at, {"new_password1": WORD, "new_password2": WORD})
    assert theirs.login(username="aziza", password=WORD) is not None
    assert get_user_model().objects.get(username="aziza").check_password(WORD)
    again = Client().get(link, follow=True).content.decode()
    assert "This link was used already" in again


def test_the_mail_is_in_the_language_of_the_officer(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(desk, mail_language="ru")
    assert mail.outbox[0].subject == "Мониторинг сотрудничества: ваша учётная запись"


def test_a_password_typed_by_the_administrator_sends_no_mail(
    desk, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        add(desk, password=WORD, email="")
    assert mail.outbox == []
    assert get_user_model().objects.get(username="aziza").check_password(WORD)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": ""}, "Give a mail address for the link"),
        ({"password": "12345678"}, "too common"),
        ({"username": "two words"}, "Enter a valid username"),
        ({"username": "CHIEF"}, "An officer has this sign-in name already."),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"mail_language": "de"}, "is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_stored(desk, typed, told):
    answer = add(desk, **typed)
    assert any(told in error for error in errors_in(answer))
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_cannot_be_sent_is_told_and_the_account_stays(desk, monkeypatch):
    def fail(_mail):
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    assert "no route" in add(desk).content.decode()
    assert get_user_model().objects.filter(username="aziza").exists()


# --- A stored account -----------------------------------------------------------------------------


def test_the_page_offers_nothing_that_has_no_effect(desk):
    page = html.fromstring(desk.get(page_of(make_officer())).content.decode())
    names = {one.name for one in page.xpath("//main//form//*[@name]") if "-" not in one.name}
    assert names >= {"first_name", "last_name", "email", "mail_language", "is_superuser"}
    assert not names & {"groups", "user_permissions", "is_staff", "password", "date_joined"}
    assert "Groups" not in desk.get(reverse("admin:index")).content.decode()


def test_a_role_is_changed_given_and_taken_on_the_page(desk, chief):
    officer = make_officer(role=DeskRole.EDITOR)
    other = make_desk("Water", covers_all=True)
    values = add_row(values_of(desk.get(page_of(officer))), ROLES, desk=other.pk, role=4)
    values |= {f"{ROLES}-0-role": "3", "own_password": "pw"}
    desk.post(page_of(officer), {**values, "_save": ""})
    roles = dict(officer.desks.values_list("desk__name", "role"))
    assert roles == {"Everything": 3, "Water": 4}
    removal = {"desks-0-DELETE": "on", "own_password": "pw"}
    desk.post(page_of(officer), values_of(desk.get(page_of(officer))) | removal)
    assert officer.desks.count() == 1
    assert {row.recorded_by for row in changes_of(officer)} == {chief}
    assert {row.action for row in changes_of(officer)} == {"created", "changed", "deleted"}


def test_the_language_of_mail_holds_for_all_places(desk):
    officer = make_officer()
    officer.desks.create(desk=make_desk("Water"), role=1, digest_language="kk")
    save(desk, page_of(officer), email="a@example.org", mail_language="ru")
    assert dict(recipients()) == {officer: "ru"}
    save(desk, page_of(officer), mail_language="")
    assert dict(recipients()) == {}


def test_saving_without_a_change_writes_nothing(desk):
    officer = make_officer()
    save(desk, page_of(officer))
    assert changes_of(officer) == []


def test_a_deactivated_officer_is_signed_out_for_good_and_can_come_back(desk):
    officer = make_officer(email="aziza@example.org")
    theirs = signed_in(officer)
    save(desk, page_of(officer), is_active="")
    assert theirs.get(reverse("admin:index")).status_code == 302
    assert dict(recipients()) == {}
    save(desk, page_of(officer), is_active="on")
    officer.refresh_from_db()
    assert officer.is_active
    assert theirs.get(reverse("admin:index")).status_code == 302  # not with the old session
    assert [row.fields["is_active"] for row in changes_of(officer)] == [
        ["True", "False"],
        ["False", "True"],
    ]


def test_the_last_administrator_neither_leaves_nor_steps_down(desk, chief):
    make_chief("gone").delete()
    inactive = make_chief("inactive")
    get_user_model().objects.filter(pk=inactive.pk).update(is_active=False)
    left = save(desk, page_of(chief), is_active="")
    assert "Your own account stays active." in " ".join(errors_in(left))
    stepped_down = save(desk, page_of(chief), is_superuser="")
    assert any("Nobody else administers the desk." in one for one in errors_in(stepped_down))
    chief.refresh_from_db()
    assert chief.is_active
    assert chief.is_superuser
    make_chief("second")
    save(desk, page_of(chief), is_superuser="")
    chief.refresh_from_db()
    assert not chief.is_superuser


def test_who_saves_an_account_that_changed_meanwhile_is_told_what_is_stored(desk):
    officer = make_officer(first_name="Aziza")
    values = values_of(desk.get(page_of(officer)))
    save(desk, page_of(officer), email="new@example.org")
    late = desk.post(page_of(officer), {**values, "last_name": "Karimova", "_save": ""})
    told = " ".join(errors_in(late))
    assert "Email address: new@example.org" in told
    assert values_of(late)["last_name"] == "Karimova"
    officer.refresh_from_db()
    assert (officer.email, officer.last_name) == ("new@example.org", "")
    desk.post(page_of(officer), {**values_of(late), "email": "new@example.org", "_save": ""})
    officer.refresh_from_db()
    assert (officer.email, officer.last_name) == ("new@example.org", "Karimova")


def test_only_administrators_reach_the_accounts():
    officer, other = make_officer(), make_officer("other")
    client = signed_in(officer)
    pages = (LIST, NEW, page_of(other), f"{page_of(other)}../password/")
    for address in (*pages, reverse("admin:auth_user_history", args=[other.pk])):
        assert client.get(address).status_code in (302, 403), address
        assert client.post(address, {"is_active": ""}).status_code in (302, 403, 405), address
    assert LIST not in client.get(reverse("admin:index")).content.decode()
    other.refresh_from_db()
    assert other.is_active


def test_an_administrator_sets_a_password_and_old_sessions_end(desk, chief):
    officer = make_officer()
    theirs = signed_in(officer)
    at = reverse("admin:auth_user_password_change", args=[officer.pk])
    desk.post(at, {"new_password1": WORD, "new_password2": WORD, "password": "pw"})
    officer.refresh_from_db()
    assert officer.check_password(WORD)
    assert theirs.get(reverse("admin:index")).status_code == 302
    (record,) = changes_of(officer)
    assert record.recorded_by == chief
    assert WORD not in str(record.fields)


def test_officers_change_their_own_password_on_the_record_and_stay_signed_in():
    officer = make_officer()
    here, elsewhere = signed_in(officer), signed_in(officer)
    at = reverse("admin:password_change")
    typed = {"old_password": "pw", "new_password1": WORD, "new_password2": WORD}
    here.post(at, typed | {"old_password": "wrong"})
    assert changes_of(officer) == []
    here.post(at, typed)
    officer.refresh_from_db()
    assert officer.check_password(WORD)
    (record,) = changes_of(officer)
    assert record.recorded_by == officer
    assert list(record.fields) == ["password"]
    assert WORD not in str(record.fields)
    assert here.get(at).status_code == 200
    assert elsewhere.get(at).status_code == 302


def test_a_link_is_mailed_on_demand_and_not_to_a_deactivated_account(desk):
    officer = make_officer(email="aziza@example.org")
    at = reverse("admin:auth_user_password_change", args=[officer.pk])
    asked = desk.post(at, {"_mail": ""})
    assert "Show first that it is you" in asked.content.decode()
    desk.post(at, {"_mail": "", "password": "wrong"})
    assert mail.outbox == []
    desk.post(at, values_of(asked) | {"password": "pw"})
    assert len(mail.outbox) == 1
    link = re.search(r"(/admin/password/\S+)", mail.outbox[0].body)[1]
    get_user_model().objects.filter(pk=officer.pk).update(is_active=False)
    desk.post(at, {"_mail": ""})
    assert len(mail.outbox) == 1
    assert "This link was used already" in Client().get(link, follow=True).content.decode()


def test_the_list_of_accounts_takes_as_many_queries_for_ten_as_for_one(
    desk, django_assert_max_num_queries
):
    make_officer("first")
    desk.get(LIST)
    with django_assert_max_num_queries(20) as few:
        desk.get(LIST)
    for number in range(9):
        make_officer(f"officer-{number}")
    with django_assert_max_num_queries(len(few)):
        assert "officer-8" in desk.get(LIST).content.decode()
