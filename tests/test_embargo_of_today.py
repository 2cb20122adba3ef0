"""What an embargo hides until a later hour of today, no address tells by naming the day."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import factories as make
from tests.editions import CODE, append, plain_record

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
ADDRESSES = [
    "/en/initiatives/",
    "/initiatives.json",
    "/initiatives.csv",
    "/initiatives.atom",
    "/initiatives.ics",
    f"/en/initiatives/{CODE}/",
    f"/initiatives/{CODE}.json",
    f"/initiatives/{CODE}.atom",
    f"/initiatives/{CODE}.ics",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_begins_later_today_is_not_told_of_today(client, address):
    noon = timezone.make_aware(datetime.combine(timezone.localdate(), time(12)))
    make.make_initiative(CODE, title_en="Open")
    append(plain_record(title="Open", planned_end="2027"))
    append(plain_record(title="Hidden", planned_end="2027"), since=noon + timedelta(hours=6))
    for hour, told in ((noon, b"Open"), (noon + timedelta(hours=7), b"Hidden")):
        with time_machine.travel(hour, tick=False):
            answer = client.get(f"{address}?as_of={hour:%Y-%m-%d}").getvalue()
        assert told in answer
        assert (b"Hidden" in answer) is (told == b"Hidden")
