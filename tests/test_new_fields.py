"""A field and a filter have one definition: in a copy of the project one of each is added."""

import csv
import json
from io import StringIO

import pytest

from tests.copied_project import CopiedProject

pytestmark = [pytest.mark.once, pytest.mark.slow]

CODE = "CI-2025-0001"
WORD = "Permafrost"
FIRST_DATA = ("fixtures/10_reference.json", "fixtures/20_cooperation.json")
FILES_OF_A_TEXT, FILES_OF_A_FILTER = 6, 3
SITE = """
import json
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
settings.ALLOWED_HOSTS = ["*"]
client, desk = Client(), Client()
desk.force_login(get_user_model().objects.create_superuser("chief", password="x"))
def text(address, of=client):
    answer = of.get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8-sig")
"""


@pytest.fixture
def copied(tmp_path):
    return CopiedProject(tmp_path / "copy")


def _asked(copied, program: str):
    return json.loads(copied.python(f"{SITE}\n{program}").splitlines()[-1])


def test_a_text_of_a_record_takes_six_files_and_a_migration(copied, tmp_path):
    _add_a_text(copied)
    assert len(copied.edited) <= FILES_OF_A_TEXT
    copied.manage("makemigrations", "initiatives", "-n", "obstacles")
    copied.manage("migrate", "--verbosity", "0")
    copied.manage("loaddata", *FIRST_DATA, "--verbosity", "0")
    table = tmp_path / "obstacles.csv"
    table.write_text(f"code,obstacles_en\n{CODE},{WORD} under the road.\n", encoding="utf-8")
    copied.manage("import_initiatives", str(table), "--apply")
    seen = _asked(
        copied,
        f"""
from initiatives.models import Initiative
key = Initiative.objects.get(code="{CODE}").pk
print(json.dumps({{
    "page": text("/en/initiatives/{CODE}/"),
    "edition": text("/en/initiatives/{CODE}/editions/2/"),
    "json": json.loads(text("/initiatives/{CODE}.json")),
    "csv": text("/initiatives.csv"),
    "search": text("/en/initiatives/?q={WORD.lower()}"),
    "desk": text(reverse("admin:initiatives_initiative_change", args=[key]), desk),
    "schema": json.loads(text("/api/v1/schema/")),
}}))
""",
    )
    assert f"{WORD} under the road." in seen["page"]
    assert f"{WORD} under the road." in seen["edition"]
    assert seen["json"]["obstacles"]["en"] == f"{WORD} under the road."
    (row,) = (row for row in csv.DictReader(StringIO(seen["csv"])) if row["code"] == CODE)
    assert row["obstacles_en"] == f"{WORD} under the road."
    assert CODE in seen["search"]
    assert 'name="obstacles_kk"' in seen["desk"]
    fields = seen["schema"]["components"]["schemas"]["Record"]["properties"]
    assert fields["obstacles"]["description"] == "Obstacles."


def _add_a_text(copied) -> None:
    copied.edit(
        "initiatives/models/initiatives.py",
        '    outcome = ProseField(_("outcome"), blank=True)\n',
        '    obstacles = ProseField(_("obstacles"), blank=True)\n',
    )
    copied.edit(
        "initiatives/translation.py", '("title", "summary", "description", ', '"obstacles", '
    )
    copied.edit(
        "initiatives/editions/record.py",
        "    description: Text = NO_TEXT\n",
        "    obstacles: Text = NO_TEXT\n",
    )
    copied.edit(
        "initiatives/public/editions/fields.py",
        '    _field(_("outcome"), "outcome", say=values.prose),\n',
        '    _field(_("obstacles"), "obstacles", say=values.prose),\n',
    )
    copied.edit(
        "initiatives/desk/admin/initiative_fields.py",
        'in_four("title", "summary", "description"',
        ', "obstacles"',
    )
    copied.edit(
        "templates/partials/record.html",
        "<p>{% cited initiative %}</p>\n",
        '{% prose initiative "obstacles" as obstacles %}{{ obstacles|default:"" }}\n',
    )


def test_a_filter_takes_three_files(copied):
    copied.edit(
        "initiatives/public/filtersets/initiatives.py",
        '_("Kind"), _("Its kind is one of these."), choices=Kind.choices\n    )\n',
        '    sourced = parameter(parameters.Choices, _("Sources"), _("Whether it has any."), '
        "choices=KNOWN)\n",
    )
    copied.edit(
        "initiatives/editions/index/selection.py",
        "    kind: tuple[str, ...] = ()\n",
        "    sourced: tuple[str, ...] = ()\n",
    )
    copied.edit(
        "initiatives/editions/index/options.py",
        '    yield "kind", record.kind\n',
        '    yield "sourced", "yes" if record.sources else "no"\n',
    )
    assert len(copied.edited) <= FILES_OF_A_FILTER
    copied.manage("migrate", "--verbosity", "0")
    copied.manage("loaddata", *FIRST_DATA, "--verbosity", "0")
    seen = _asked(
        copied,
        """
from initiatives.models import Initiative
public = Initiative.objects.filter(publication="published")
sourced = public.filter(citations__source__is_public=True).distinct()
def codes(address):
    return [one["code"] for one in json.loads(text(address))["results"]]
print(json.dumps({
    "page": text("/en/initiatives/"),
    "yes": codes("/initiatives.json?sourced=yes&page_size=100"),
    "no": codes("/initiatives.json?sourced=no&page_size=100"),
    "wrong": client.get("/initiatives.json?sourced=x").status_code,
    "expected": sorted(sourced.values_list("code", flat=True)),
    "public": public.count(),
    "schema": json.loads(text("/api/v1/schema/")),
}))
""",
    )
    assert sorted(seen["yes"]) == seen["expected"]
    assert len(seen["yes"]) + len(seen["no"]) == seen["public"]
    assert seen["wrong"] == 400
    assert 'name="sourced"' in seen["page"]
    assert "Whether it has any." in json.dumps(seen["schema"]["paths"])
