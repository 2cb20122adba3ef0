"""A list of stolen passwords that the site has as a file is asked for each new password."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from initiatives.actions.accounts.breached import BreachedPasswordsValidator
from tests.test_settings import GOOD, start
from tracker.passwords import validators_with

pytestmark = pytest.mark.once
STOLEN = [f"a stolen password {number}" for number in range(300)]


def line(password):
    return f"{hashlib.sha1(password.encode()).hexdigest().upper()}:{len(password)}"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "hashes.txt"
    file.write_text("\r\n".join(sorted(map(line, STOLEN))) + "\r\n")
    return str(file)


def refuses(path, password):
    try:
        BreachedPasswordsValidator(path).validate(password)
    except ValidationError:
        return True
    return False


def test_each_password_of_the_list_is_refused_and_no_other(path):
    assert [word for word in STOLEN if not refuses(path, word)] == []
    others = [f"{word} of mine" for word in STOLEN] + ["", "\ud800" * 9, "\x00", "é" * 5000]
    assert [word for word in others if refuses(path, word)] == []


def test_common_ones_are_refused_as_before_and_an_empty_list_refuses_no_other(tmp_path):
    (tmp_path / "none").touch()
    assert refuses(tmp_path / "none", "password123")
    assert not refuses(tmp_path / "none", STOLEN[0])


def test_an_empty_line_at_the_end_hides_no_password(path):
    with open(path, "a") as file:
        file.write("\r\n")
    assert [word for word in STOLEN if not refuses(path, word)] == []


def test_where_the_list_is_gone_no_password_is_taken_and_the_log_says_why(tmp_path, caplog):
    with pytest.raises(ValidationError, match="Tell the administrator"):
        BreachedPasswordsValidator(str(tmp_path / "gone")).validate("a fine long one of mine")
    assert "BREACHED_PASSWORDS cannot be read" in caplog.text


@pytest.mark.parametrize("content", [None, "password\n", "", line("a") + "x" * 999])
def test_what_is_no_such_list_stops_the_start_with_the_cure(tmp_path, content):
    file = tmp_path / "list.txt"
    if content is not None:
        file.write_text(content)
    told = start(tmp_path, **GOOD, BREACHED_PASSWORDS=str(file))
    assert "BREACHED_PASSWORDS" in told
    assert "Pwned Passwords" in told


def test_such_a_list_is_taken(tmp_path, path):
    assert start(tmp_path, **GOOD, BREACHED_PASSWORDS=path) == ""


def test_the_list_takes_the_place_of_that_of_common_ones():
    first, *_others = validators_with("")
    assert [one for one in validators_with("") if "Common" in str(one["NAME"])] != []
    named = [str(one["NAME"]).rpartition(".")[2] for one in validators_with("/hashes.txt")]
    assert "CommonPasswordValidator" not in named
    assert named[-2:] == ["SiteWordsValidator", "BreachedPasswordsValidator"]
    assert first == validators_with("/hashes.txt")[0]
