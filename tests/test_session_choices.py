"""What a point of a session offers to choose from, in the officer's language."""

import pytest

from initiatives.choices import DeskRole
from tests.desk import make_officer, signed_in
from tests.factories import make_initiative, make_sector
from tests.session_desk import pasted, press

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "title"), [("ru", "Мост"), ("uz", "Koʻprik"), ("kk", "Мост"), ("en", "Мост")]
)
def test_a_record_is_offered_by_its_title_in_the_language_of_the_officer(language, title):
    make_sector()
    record = make_initiative(title_en="", title_ru="Мост", title_uz="Koʻprik")
    publisher = signed_in(make_officer("pola", DeskRole.PUBLISHER))
    page = pasted(publisher, "1. Build.")
    publisher.cookies["django_language"] = language
    page = press(publisher, "check", page, **{"points-1-initiative": record.code})
    offered = dict(page.context["form"].points[0].offered)
    assert str(offered[str(record.pk)]) == f"{record.code} {title}"
