"""“Your sign-in”: officers add and remove their own passkeys, and are told by mail."""

import pytest

from initiatives.actions.accounts import second_factors
from initiatives.models import AccountEvent, Change, Passkey, RecoveryCode
from tests import second_steps
from tests.desk import errors_in, make_officer
from tests.passkeys import (
    ADD,
    ASK,
    BEGIN,
    Device,
    add,
    after_password,
    asked,
    at_desk,
    give_passkey,
    removal,
    show,
    shown_codes,
)
from tests.second_steps import APP, OWN, give_app, shown_by

pytestmark = pytest.mark.django_db
CODES = f"{OWN}codes/"
officer = second_steps.officer


@pytest.fixture
def desk(officer):
    return at_desk(officer)


def test_the_first_passkey_is_a_second_step_and_brings_recovery_codes(desk, officer):
    other = at_desk(officer)
    page = desk.get(OWN).content.decode()
    assert "Add a passkey" in page
    answer = add(desk)
    assert shown_codes(answer) == RecoveryCode.objects.count() == 10
    assert "no-store" in answer["Cache-Control"]
    row = Passkey.objects.get()
    assert (row.name, row.host, row.user) == ("Grey key", "localhost", officer)
    assert second_factors.has_step(officer)
    assert other.get(OWN).status_code == 302  # signed out there
    change = Change.objects.filter(model="user").latest("id")
    assert change.fields["passkeys"] == [None, "Grey key"]
    acts = AccountEvent.objects.values_list("act", "account__username", "detail")
    assert list(acts) == [("passkey_added", "aziza", "")]


def test_the_owner_is_told_by_mail_of_each_that_comes_or_goes(desk, officer, mailoutbox):
    add(desk)
    code = second_factors.renew_codes(officer)[0]
    desk.post(removal(), {"password": "pw", "code": code})
    assert [mail.subject for mail in mailoutbox] == [
        "A passkey was added to your account",
        "A passkey was removed from your account",
    ]
    assert "Grey key" in mailoutbox[0].body
    assert mailoutbox[0].to == ["aziza@example.org"]


def test_further_ones_need_a_proof_and_leave_codes_and_sessions(desk, officer):
    device, codes = give_passkey(officer)
    other = at_desk(officer)
    assert "Your password" in desk.get(ADD).content.decode()
    assert desk.post(ADD, BEGIN).status_code == 409
    assert errors_in(desk.post(ADD, {"begin": "", "password": "pw", "code": "not one"}))
    told = device.get(asked(desk, ASK))
    assert desk.post(ADD, {"begin": "", "password": "pw", "passkey": told}).status_code == 302
    options = asked(desk, ADD)
    assert [one["id"] for one in options["excludeCredentials"]] == ["AQEBAQEBAQEBAQEBAQEBAQ"]
    answer = desk.post(
        ADD, {"passkey": Device().create(options, id=b"\x02" * 16), "name": "Second"}, follow=True
    )
    assert "The passkey “Second” is added" in answer.content.decode()
    assert second_factors.accept(officer, codes[0])
    assert other.get(OWN).status_code == 200
    assert desk.post(ADD, BEGIN).status_code == 409  # once for each proof


def test_with_an_app_no_new_codes_are_made(desk, officer, now):
    app, codes = give_app(officer, now)
    desk.post(ADD, {"begin": "", "password": "pw", "code": shown_by(app, now)})
    assert add(desk)["Location"] == OWN
    assert second_factors.accept(officer, codes[0])


def test_the_list_says_since_when_each_is_there_and_when_it_was_used(officer, desk):
    device, _codes = give_passkey(officer, name="Telephone")
    page = desk.get(OWN).content.decode()
    assert "Telephone" in page
    assert "Added on" in page
    assert "Not used yet" in page
    show(after_password(officer), device)
    page = desk.get(OWN).content.decode()
    assert "Not used yet" not in page
    assert "Last used:" in page


@pytest.mark.parametrize(
    "change",
    [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"is_framed": True}],
)
def test_what_was_not_made_for_this_site_is_not_kept(desk, change):
    device = Device()
    vars(device).update(change)
    answer = add(desk, device)
    assert "could not be checked" in "".join(errors_in(answer))
    assert not Passkey.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_an_answer_to_nothing_or_from_before_is_refused(desk, now):
    told = Device().create(asked(desk, ADD))
    now[0] += 300
    assert errors_in(desk.post(ADD, {"passkey": told, "name": "Late"}))
    assert errors_in(desk.post(ADD, {"passkey": told, "name": "Twice"}))
    assert not Passkey.objects.exists()


def test_a_device_that_is_known_already_is_told_so(desk, officer):
    give_passkey(make_officer("bek"))
    assert "was added before" in "".join(errors_in(add(desk)))
    assert not Passkey.objects.filter(user=officer).exists()


def test_there_are_at_most_twenty(desk, officer, now):
    app, _codes = give_app(officer, now)
    for number in range(20):
        give_passkey(officer, id=bytes([number + 2]) * 16)
    desk.post(ADD, {"begin": "", "password": "pw", "code": shown_by(app, now)})
    assert "Remove one first" in "".join(errors_in(add(desk)))


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_is_asked_for(desk, name):
    assert errors_in(add(desk, name=name))
    assert not Passkey.objects.exists()


# --- Removing -------------------------------------------------------------------------------------


def test_it_is_removed_with_password_and_passkey(desk, officer):
    device, _codes = give_passkey(officer)
    at = removal()
    told = device.get(asked(desk, ASK))
    assert errors_in(desk.post(at, {"password": "wrong", "passkey": told}))
    assert errors_in(desk.post(at, {"password": "pw", "passkey": told}))  # asked for once
    assert errors_in(desk.post(at, {"password": "pw"}))
    told = device.get(asked(desk, ASK))
    answer = desk.post(at, {"password": "pw", "passkey": told}, follow=True)
    assert "The passkey “Telephone” is removed" in answer.content.decode()
    assert not Passkey.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert AccountEvent.objects.latest("pk").act == "passkey_removed"
    assert Change.objects.latest("id").fields == {"passkeys": ["Telephone", None]}


def test_the_codes_stay_while_a_second_step_is_left(desk, officer, now):
    _app, codes = give_app(officer, now)
    give_passkey(officer)
    desk.post(removal(), {"password": "pw", "code": codes[0]})
    assert second_factors.codes_left(officer) == 9
    device, _codes = give_passkey(officer)
    answer = desk.post(f"{APP}remove/", {"password": "pw", "code": codes[1]}, follow=True)
    assert "Your passkeys stay" in answer.content.decode()
    assert second_factors.codes_left(officer) == 8
    client = after_password(officer)
    show(client, device)
    assert client.get("/admin/").status_code == 200


def test_new_codes_are_made_with_a_passkey(desk, officer):
    device, codes = give_passkey(officer)
    told = device.get(asked(desk, ASK))
    assert shown_codes(desk.post(CODES, {"password": "pw", "passkey": told})) == 10
    assert not second_factors.accept(officer, codes[0])


def test_wrong_passkeys_there_are_counted_like_others(desk, officer, settings):
    settings.AXES_ENABLED = True
    device, _codes = give_passkey(officer)
    device.host = "evil.example"
    at = removal()
    for status in (200, 200, 200, 200, 429):
        told = device.get(asked(desk, ASK))
        answer = desk.post(at, {"password": "pw", "passkey": told})
        assert answer.status_code == status


def test_one_that_comes_late_counts_as_no_wrong_try_and_says_what_to_do(
    desk, officer, settings, now
):
    settings.AXES_ENABLED = True
    device, _codes = give_passkey(officer)
    for word in ["pw", "wrong", *["pw"] * 6]:  # the password is not looked at either
        told = device.get(asked(desk, ASK))
        now[0] += 300
        answer = desk.post(removal(), {"password": word, "passkey": told})
        assert answer.status_code == 200
        assert "Please try once more" in "".join(errors_in(answer))
    assert not AccountEvent.objects.filter(act__startswith="wrong").exists()
    desk.post(removal(), {"password": "pw", "passkey": device.get(asked(desk, ASK))})
    assert not Passkey.objects.exists()


def test_it_is_called_by_another_name(desk, officer):
    give_passkey(officer, name="Telephone")
    at = f"{OWN}passkeys/{Passkey.objects.get().pk}/name/"
    assert at in desk.get(OWN).content.decode()
    for name in ("", "  ", "\u200b", "x" * 61):
        assert errors_in(desk.post(at, {"name": name})), name
    desk.post(at, {"name": "Telephone"})
    before = Change.objects.count()
    answer = desk.post(at, {"name": " Old telephone "}, follow=True)
    assert "is now called “Old telephone”" in answer.content.decode()
    assert Passkey.objects.get().name == "Old telephone"
    assert Change.objects.count() == before + 1
    assert Change.objects.latest("id").fields == {"passkeys": ["Telephone", "Old telephone"]}
    assert AccountEvent.objects.latest("pk").act == "changed"
    assert at_desk(make_officer("bek")).get(at).status_code == 404


@pytest.mark.parametrize("key", ["0", "9" * 30])
def test_what_is_not_there_or_of_somebody_else_is_not_found(desk, key):
    give_passkey(make_officer("bek"))
    assert desk.get(removal()).status_code == 404
    assert desk.post(removal(), {"password": "pw"}).status_code == 404
    assert desk.get(removal(key)).status_code == 404
    assert Passkey.objects.exists()
