"""A milestone that was promised in public is dropped with a reason, and never deleted."""

import pytest
from django.utils import timezone

from initiatives import actions
from initiatives.choices import DeskRole
from tests.desk import edit, make_desk, make_officer, send, signed_in
from tests.factories import make_initiative, make_milestone

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    "publication",
    [
        {"publication": "published"},
        {"publication": "withdrawn"},
        {"publication": "draft", "published_at": NOW},
    ],
)
def test_it_is_kept_where_the_public_may_have_seen_it(publication):
    milestone = make_milestone(make_initiative(**publication))
    with pytest.raises(actions.Refused, match="was promised in public"):
        actions.remove_record(milestone, by=None)
    assert milestone._meta.model.objects.exists()


def test_that_of_a_draft_is_deleted():
    milestone = make_milestone(make_initiative(publication="draft"))
    actions.remove_record(milestone, by=None)
    assert not milestone._meta.model.objects.exists()


def test_the_form_keeps_it_and_says_what_to_do():
    officer = make_officer("aida", DeskRole.PUBLISHER, make_desk("KZ", countries=["KZ"]))
    record = make_initiative(parties=["KZ", "UZ"])
    milestone = make_milestone(record)
    answer = send(signed_in(officer), edit(record), **{"milestones-0-DELETE": "on"})
    assert record.milestones.get() == milestone
    assert "was promised in public: say why it was dropped" in answer.content.decode()
