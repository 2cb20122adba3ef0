"""`manage.py prepare_local`: what an empty database gets, and what a full one keeps."""

import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from initiatives.models import Initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepare(capsys):
    def run() -> str:
        call_command("prepare_local")
        return capsys.readouterr().out

    return run


def test_an_empty_database_gets_the_first_data(prepare):
    said = prepare()
    assert Initiative.objects.count() >= 14
    assert f"First data:   {Initiative.objects.count()} initiatives" in said


def test_the_printed_password_signs_the_officer_in(prepare):
    name, password = re.search(r"Demo officer: (\S+)   password: (\S+)", prepare()).groups()
    officer = authenticate(username=name, password=password)
    assert officer.is_staff
    assert not officer.is_superuser


def test_the_second_time_it_does_nothing(prepare):
    prepare()
    Initiative.objects.update(title_en="Edited by an officer")
    assert prepare() == ""
    assert not Initiative.objects.exclude(title_en="Edited by an officer").exists()


def test_it_creates_no_officer_beside_a_user(prepare):
    get_user_model().objects.create_user("somebody")
    assert "password" not in prepare()


def test_it_refuses_to_touch_production(prepare, settings):
    settings.ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="only"):
        prepare()
    assert not Initiative.objects.exists()
    assert not get_user_model().objects.exists()
