"""What tells that a record is still the same is found by the index of its editions."""

import pytest
from django.db import connection
from django.utils import timezone

from initiatives.editions import places

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_editions,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="reads how SQLite would answer"),
]
KEYS = ["CI-2025-0001", "CI-2025-0002", "talks"]
ASKED = {
    "newest": places._NEWEST_OF,
    "last": places._LAST_OF,
    "since": places._LAST_SINCE_OF,
    "redaction": places._LAST_REDACTION_OF,
}


@pytest.mark.parametrize("name", ASKED)
def test_editions_are_looked_up_by_kind_and_key(name):
    # The index begins with the kind: PostgreSQL read all of a million editions without it.
    plan = ASKED[name]._rows(KEYS, timezone.now()).explain()
    assert "(kind=? AND key=?)" in plan


def test_checks_are_looked_up_by_key():
    plan = places._LAST_CHECK_OF._rows(KEYS, timezone.now()).explain()
    assert "(key=?" in plan
