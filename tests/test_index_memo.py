"""What the index was asked is found once for as long as what it is made of stays the same."""

from datetime import timedelta

import pytest

from initiatives.editions.index import Index, Selection
from initiatives.editions.index.figures import Figures
from initiatives.editions.index.memo import Memo
from initiatives.editions.index.options import Options
from initiatives.models import Sector
from tests.factories import make_sector
from tests.test_index_following import NOW, append, check, line

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PLANNED = Selection(status=("planned",))


@pytest.fixture
def counted(monkeypatch):
    """The facets that were counted, in turn."""
    names, tally = [], Options.tally

    def noted(self, name, rows):
        names.append(name)
        return tally(self, name, rows)

    monkeypatch.setattr(Options, "tally", noted)
    return names


def ask(index, selection=PLANNED, name="kind", **when):
    with index.reading(**({"now": NOW} | when)) as reading:
        found = reading.find(selection)
        return found.total, found.tally(name)


def test_the_same_question_is_answered_once(counted):
    index = Index()
    append(line(1), line(2, seed=1))
    first = ask(index)
    assert ask(index, now=NOW + timedelta(seconds=5)) == first
    assert counted == ["kind"]


@pytest.mark.parametrize(
    "other",
    [{"selection": Selection()}, {"name": "status"}, {"at": NOW - timedelta(9)}],
)
def test_another_question_has_an_answer_of_its_own(counted, other):
    index = Index()
    append(line(1), line(2, seed=1))
    ask(index)
    ask(index, **other)
    assert len(counted) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda: append(line(3, seed=2)),
        lambda: append(line(7), kind="event"),
        lambda: check(1, due_on=NOW.date(), recorded_at=NOW - timedelta(1)),
    ],
    ids=["edition", "edition of an event", "check"],
)
def test_what_changes_is_found_anew(counted, change):
    index = Index()
    append(line(1), line(2, seed=1))
    ask(index)
    change()
    assert ask(index) == ask(Index())
    assert len(counted) == 3


def test_the_figures_of_a_sector_follow_the_tree_of_sectors():
    index, whole = Index(), make_sector("whole")
    one = next(one for seed in range(99) if (one := line(1, seed=seed)).record.sectors)
    append(one)
    part = one.record.sectors[0].slug
    if not Sector.objects.filter(slug=part).exists():
        make_sector(part)

    def figures():
        with index.reading(now=NOW) as reading:
            everything = reading.find(Selection())
            inside = reading.find(Selection(sector=("whole",)))
            return (
                everything.tally("sector").get("whole", 0),
                len(Figures(everything).statuses_by_sector().get("whole", {})),
                inside.total,
            )

    assert figures() == (0, 0, 0)
    Sector.objects.filter(slug=part).update(parent=whole)
    assert figures() == (1, 1, 1)


def test_what_is_known_before_something_begins_is_not_kept_for_later(counted):
    index, soon = Index(), NOW + timedelta(1)
    append(line(1), line(2, seed=1, since=soon))
    assert ask(index, Selection(), now=soon)[0] == 2
    assert ask(index, Selection())[0] == 1
    assert ask(index, Selection(), now=soon)[0] == 2


def test_of_very_many_answers_all_are_forgotten():
    memo = Memo()
    memo.of("state").update((number, number) for number in range(2_001))
    assert memo.of("state") == {}
