"""That the sources do not state something is said only where somebody recorded that."""

import io
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from lxml import html

from initiatives import actions
from initiatives.choices import Stated
from initiatives.imports.planning import make_plan
from initiatives.imports.reading import open_table
from initiatives.models import Change, Initiative
from initiatives.rights import Rights
from initiatives.timeline import lines
from tests import factories as make
from tests.desk import edit, make_chief, make_officer, signed_in, values_of
from tests.importing import applied, only_error
from tests.register import known_since

pytestmark = pytest.mark.django_db
CODE = "CI-2025-0001"
SAID = {
    "events": "The sources state no event.",
    "money": "The sources state no amount.",
    "milestones": "The sources state no milestones.",
    "organisations": "Organisations not stated in the source",
    "planned_start": "Planned start not stated in the source",
    "actual_start": "Actual start not stated in the source",
    "planned_end": "Planned end not stated in the source",
    "actual_end": "Actual end not stated in the source",
}


def read(client, language="en", query=""):
    response = client.get(f"/{language}/initiatives/{CODE}/{query}")
    assert response.status_code == 200
    tree = html.fromstring(response.content.decode())
    return " ".join(tree.cssselect("main")[0].text_content().split())


@pytest.mark.parametrize("code", Stated.values)
def test_only_what_was_checked_is_said_to_be_in_no_source(client, code):
    make.make_initiative(CODE, nothing_stated=code)
    words = read(client)
    assert [one for one in SAID if SAID[one] in words] == [code]


@pytest.mark.parametrize(
    ("language", "claim"),
    [("ru", "Источники не называют"), ("uz", "Manbalarda"), ("kk", "Дереккөздерде")],
)
def test_so_it_is_in_every_language(client, language, claim):
    made = make.make_initiative(CODE)
    assert claim not in read(client, language)
    made.nothing_stated = "money"
    made.save()
    assert claim in read(client, language)


def test_what_is_there_is_shown_whatever_was_checked(client):
    made = make.make_initiative(CODE, nothing_stated="money|planned_end", planned_end="2027")
    make.make_funding(made, "5")
    words = read(client)
    assert "USD 5" in words
    assert "Planned end 2027" in words
    assert "state no" not in words


def test_the_desk_ticks_it_and_the_history_tells_it():
    made = make.make_initiative(CODE)
    desk = signed_in(make_officer())
    sent = values_of(desk.get(edit(made)))
    answer = desk.post(edit(made), sent | {"nothing_stated": ["money", "events"], "_save": ""})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.nothing_stated == "events|money"
    (change,) = Change.objects.filter(initiative=made, model="initiative")
    assert change.fields == {"nothing_stated": [None, "events|money"]}
    assert [line.new for line in lines(change)] == ["Events, Money"]


def test_a_form_that_was_not_touched_changes_nothing():
    made = make.make_initiative(CODE, nothing_stated="events|money")
    desk = signed_in(make_officer())
    values = values_of(desk.get(edit(made)))
    values["nothing_stated"] = ["events", "money"]
    assert desk.post(edit(made), values | {"_save": ""}).status_code == 302
    assert not Change.objects.exists()


def test_a_wrong_code_is_refused_by_name_at_every_door():
    made = make.make_initiative(CODE)
    desk = signed_in(make_chief())
    values = values_of(desk.get(edit(made))) | {"nothing_stated": ["moon"], "_save": ""}
    answer = desk.post(edit(made), values)
    assert answer.status_code == 200
    assert "moon" in answer.content.decode()
    made.nothing_stated = "moon"
    with pytest.raises(ValidationError, match="moon"):
        made.full_clean()
    column, message = only_error({"code": CODE, "nothing_stated": "moon"})
    assert column == "nothing_stated"
    assert message.startswith("“moon” is unknown. Write one of: events, money,")


def test_it_leaves_in_a_table_and_comes_back(client):
    make.make_initiative(CODE, nothing_stated="events|planned_end")
    text = b"".join(client.get("/initiatives.csv?columns=code,nothing_stated")).decode("utf-8-sig")
    assert text.split() == ["code,nothing_stated", f"{CODE},events|planned_end"]
    told = json.loads(client.get(f"/initiatives/{CODE}.json").content)
    assert told["nothing_stated"] == ["events", "planned_end"]
    applied({"code": CODE, "nothing_stated": "planned_end|money"})
    assert Initiative.objects.get().nothing_stated == "money|planned_end"
    applied({"code": CODE, "nothing_stated": ""})
    assert Initiative.objects.get().nothing_stated == ""


def test_what_an_export_says_is_no_change_when_it_comes_back(client):
    make.make_initiative(CODE, nothing_stated="events|planned_end")
    record = json.loads(client.get(f"/initiatives/{CODE}.json").content)
    table = open_table(io.BytesIO(json.dumps([record]).encode()), "record.json")
    assert [row.action for row in make_plan(table, rights=Rights.of_system()).rows()] == [
        "unchanged"
    ]


def test_on_a_day_of_the_past_it_is_told_as_it_was_recorded_then(client):
    long_ago = timezone.now() - timedelta(days=365)
    made = make.make_initiative(CODE, created_at=long_ago, published_at=long_ago)
    make.make_status_change(made, recorded_at=long_ago)
    known_since(long_ago)
    made.nothing_stated = "money"
    actions.save(made, by=make_chief())
    assert SAID["money"] in read(client)
    then = timezone.localdate() - timedelta(days=30)
    assert "No amount is recorded." in read(client, query=f"?as_of={then}")
