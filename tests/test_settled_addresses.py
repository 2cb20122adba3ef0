"""What an officer let be about the address of a source, and what comes up again."""

import pytest

from initiatives import actions
from initiatives.desk.work_queue import queue_of
from initiatives.models import Source, SourceCheck
from initiatives.rights import Rights
from initiatives.web_addresses import Answer, Heard
from tests.desk import make_chief
from tests.factories import cite, make_initiative, make_source

pytestmark = pytest.mark.django_db


def moved_to(place):
    return Answer(heard=Heard.HERE, status=200, moved_to=f"https://example.org/{place}")


def is_asked(officer):
    return "moved_sources" in {one.key for one in queue_of(Rights(officer)).sections}


def test_a_move_that_was_let_be_stays_so_until_the_address_moves_elsewhere():
    source, chief = make_source(url="https://example.org/old"), make_chief()
    cite(make_initiative(), source)
    actions.note_answer(source, moved_to("new"))
    assert is_asked(chief)
    actions.keep_address(source, by=chief)
    actions.note_answer(source, moved_to("new"))
    assert not is_asked(chief)
    actions.note_answer(source, moved_to("elsewhere"))
    assert is_asked(chief)


def test_nothing_is_noted_of_a_source_that_was_deleted_while_it_was_asked():
    source = make_source(url="https://example.org/old")
    Source.objects.filter(pk=source.pk).delete()
    assert actions.note_answer(source, moved_to("new")) is None
    assert not SourceCheck.objects.exists()
