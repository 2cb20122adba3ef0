"""A row of a list is made once, and made anew as soon as anything that it tells is another."""

from datetime import datetime, timedelta
from unittest.mock import Mock

import pytest
import time_machine
from django.core.cache import caches
from django.test.utils import override_script_prefix
from django.utils import timezone

from initiatives import actions
from initiatives.as_of import as_published
from initiatives.desk import previews
from initiatives.http import caching
from initiatives.models import Country, Sector
from initiatives.templatetags import kept_rows
from tests.desk import make_chief
from tests.factories import cite, make_initiative, make_status_change
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
CODE = "CI-2025-0001"
LIST, TABLE = "/en/initiatives/", "/en/initiatives/?view=table"
STORED = {"rows": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rows"}}
STALE, OVERDUE = 'class="flag flag-stale"', 'class="flag flag-overdue"'


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.CACHES = settings.CACHES | STORED
    caches["rows"].clear()
    yield
    caches["rows"].clear()


@pytest.fixture
def made(monkeypatch):
    """Counts the rows that are made."""
    counted = Mock(wraps=kept_rows._made)
    monkeypatch.setattr(kept_rows, "_made", counted)
    return counted


@pytest.fixture
def chief():
    return make_chief()


@pytest.fixture
def shown():
    """Known for twenty days, and due ten days ago."""
    due = timezone.localdate() - timedelta(days=10)
    initiative = make_initiative(CODE, title_en="A dam", planned_end=str(due))
    make_status_change(initiative)
    cite(initiative)
    known_since(timezone.now() - timedelta(days=20))
    return initiative


def rows(client, address=LIST):
    return client.get(address).content.decode()


@pytest.mark.parametrize("view", ["cards", "table"])
def test_another_list_with_the_same_row_does_not_make_it_again(client, shown, made, view):
    address = f"{LIST}?view={view}"
    first, again = rows(client, address), rows(client, f"{address}&status=planned&sort=title")
    assert made.call_count == 1
    assert first.count(f'data-code="{CODE}"') == again.count(f'data-code="{CODE}"') == 1
    assert "A dam" in again


@pytest.mark.parametrize("address", [LIST, TABLE])
def test_an_edition_the_name_of_a_country_and_of_a_sector_are_seen_at_once(
    client, shown, chief, address
):
    rows(client, address)
    shown.refresh_from_db()
    shown.title_en = "A bridge"
    actions.save(shown, by=chief)
    assert "A bridge" in rows(client, address)
    country, sector = Country.objects.get(iso2="KZ"), Sector.objects.get()
    for thing, name in ((country, "Qazaqstan"), (sector, "Oil")):
        thing.name_en = name
        actions.save(thing, by=chief)
        assert f"<bdi>{name}</bdi>" in rows(client, address)


def test_a_check_by_the_desk_is_seen_at_once(client, shown, chief):
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert STALE in rows(client)
        actions.mark_checked(shown, by=chief)
        assert STALE not in rows(client)


def test_each_day_has_a_row_of_its_own(client, shown):
    assert STALE not in rows(client)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert STALE in rows(client)
    assert STALE not in rows(client)


def test_a_day_of_the_past_has_a_row_of_its_own_though_the_edition_is_the_same(client, shown):
    day = timezone.localdate() - timedelta(days=15)
    assert OVERDUE in rows(client)
    assert OVERDUE not in rows(client, f"{LIST}?as_of={day}")
    assert OVERDUE in rows(client)


def test_a_day_of_the_past_shows_the_edition_of_that_day(client, shown, chief):
    rows(client)
    shown.refresh_from_db()
    shown.title_en = "A bridge"
    actions.save(shown, by=chief)
    assert "A bridge" in rows(client)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "A dam" in rows(client, f"{LIST}?as_of={yesterday}")


def test_each_language_view_and_place_of_the_site_has_a_row_of_its_own(client, shown):
    rows(client)
    assert f'href="/ru/initiatives/{CODE}/"' in rows(client, "/ru/initiatives/")
    assert f'<tr data-code="{CODE}"' in rows(client, TABLE)
    with override_script_prefix("/tracker/"):
        assert f'href="/tracker/en/initiatives/{CODE}/"' in rows(client)
    assert f'href="/en/initiatives/{CODE}/"' in rows(client)


def test_another_program_makes_all_rows_anew(client, shown, made, monkeypatch):
    rows(client)
    other = ("another", datetime(2025, 1, 1, tzinfo=timezone.get_current_timezone()))
    monkeypatch.setattr(caching, "program", lambda: other)
    rows(client)
    assert made.call_count == 2


def test_for_who_is_signed_in_nothing_is_kept_nor_taken(client, shown, chief, made):
    rows(client)
    caches["rows"].clear()
    client.force_login(chief)
    assert "A dam" in rows(client)
    assert not caches["rows"]._cache
    client.logout()
    rows(client)
    client.force_login(chief)
    rows(client)
    assert made.call_count == 4


def test_a_very_long_row_is_not_kept(client, shown, monkeypatch):
    monkeypatch.setattr(kept_rows, "LARGEST", 100)
    assert "A dam" in rows(client)
    assert not caches["rows"]._cache


def test_what_is_no_edition_has_no_mark(shown):
    _record, previewed = previews.record_as_published(CODE)
    assert previewed.mark == ()
    (published,) = as_published([CODE])
    assert published.mark
