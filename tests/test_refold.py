"""After an upgrade search finds what was stored under other rules."""

import pytest
from django.core.management import call_command

from initiatives.models import Initiative
from tests.factories import make_initiative, make_initiatives

pytestmark = pytest.mark.django_db


def test_what_was_folded_otherwise_is_found_again(capsys):
    make_initiatives(2)
    made = make_initiative(title_kk="Қазақстан")
    Initiative.objects.filter(pk=made.pk).update(search_text="as it was folded before")
    call_command("refold")
    assert "1 rows" in capsys.readouterr().out
    stored = Initiative.objects.filter(pk=made.pk).values_list("search_text", flat=True)
    assert "kazakstan" in stored.get()
    assert Initiative.objects.get(pk=made.pk).version == made.version
