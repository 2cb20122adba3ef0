"""The desk's list as a file: what the officer sees, drafts included, and its way back."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from initiatives.choices import DeskRole
from initiatives.exchange.columns import COLUMNS, OF_DESK
from initiatives.imports.planning import make_plan
from initiatives.imports.reading import open_table
from initiatives.models import Initiative
from initiatives.rights import Rights
from tests.desk import address, make_chief, make_desk, make_officer, make_viewer, signed_in
from tests.factories import make_initiative, make_source
from tests.full_records import make_full

pytestmark = pytest.mark.django_db
FORMATS = ("csv", "xlsx")


def file_of(client, suffix="csv", **parameters):
    answer = client.get(reverse("admin:initiatives_initiative_export", args=[suffix]), parameters)
    assert answer.status_code == 200
    return answer, b"".join(answer.streaming_content)


def rows_of(client, **parameters):
    _answer, content = file_of(client, **parameters)
    return {row["code"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}


def plan_of(content, user, name="table"):
    return make_plan(open_table(io.BytesIO(content), name), rights=Rights(user))


def make_records():
    """A public record, a draft with everything, and a draft below another draft."""
    whole = make_initiative("CI-2025-0001", publication="draft", internal_note="=ask()")
    make_full(make_initiative("CI-2025-0002", parent=whole, publication="draft"), 2)
    make_initiative("CI-2025-0003", publication="in_review", owner=make_officer("owner"))


def test_the_file_holds_drafts_and_says_so_in_its_name():
    make_records()
    answer, content = file_of(signed_in(make_officer()))
    day = timezone.localdate()
    name = f'attachment; filename="internal-contains-drafts-initiatives-{day}.csv"'
    assert answer["Content-Disposition"] == name
    header = content.decode("utf-8-sig").splitlines()[0].split(",")
    assert header == [*COLUMNS, *OF_DESK]


def test_what_only_the_desk_has_stands_at_the_end():
    make_records()
    desk = make_desk("Energy", sectors=["energy"])
    Initiative.objects.filter(code="CI-2025-0003").update(desk=desk, review_every_days=30)
    row = rows_of(signed_in(make_officer()))["CI-2025-0003"]
    told = {name: row[name] for name in OF_DESK}
    assert told == {
        "publication": "in_review",
        "desk": "Energy",
        "officer": "owner",
        "review_every_days": "30",
        "embargo_until": "",
        "internal_note": "",
    }
    assert row["url"] == ""  # no page of it is public


def test_flags_are_those_of_the_list():
    make_records()
    client = signed_in(make_officer())
    flagged = {code for code, row in rows_of(client).items() if "unsourced" in row["flags"]}
    assert flagged == set(rows_of(client, flag="unsourced"))
    assert flagged


def test_a_formula_in_a_private_text_is_made_harmless():
    make_records()
    row = rows_of(signed_in(make_officer()))["CI-2025-0001"]
    assert row["internal_note"] == "'=ask()"


def test_the_file_follows_filters_search_and_order_and_leaves_pages_out():
    for number in range(3):
        make_initiative(f"CI-2025-000{number + 1}", title_en=f"Bridge {number}")
    make_initiative("CI-2025-0009", title_en="Tunnel", publication="draft")
    client = signed_in(make_officer())
    assert list(rows_of(client, publication__exact="draft")) == ["CI-2025-0009"]
    found = rows_of(client, q="bridge", o="1", p="7")
    assert list(found) == ["CI-2025-0001", "CI-2025-0002", "CI-2025-0003"]
    assert list(rows_of(client, q="bridge", o="-1")) == list(found)[::-1]


def test_a_filter_that_the_list_refuses_is_refused():
    make_initiative()
    at = reverse("admin:initiatives_initiative_export", args=["csv"])
    answer = signed_in(make_officer()).get(at, {"countries__country__id__exact": "zzz"})
    assert answer.status_code == 302
    assert answer["Location"].endswith("?e=1")


def test_an_officer_gets_only_what_their_desks_cover():
    make_initiative("CI-2025-0001", parties=["UZ"], publication="draft")
    hidden = make_initiative("CI-2025-0002", parties=["KG"], publication="draft")
    public = make_initiative("CI-2025-0003", parties=["KG"])
    make_initiative("CI-2025-0004", parties=["UZ"], parent=hidden)
    make_initiative("CI-2025-0005", parties=["UZ"], parent=public)
    officer = make_officer(desk=make_desk("Uzbek", countries=["UZ"]))
    found = rows_of(signed_in(officer))
    assert set(found) == {"CI-2025-0001", "CI-2025-0004", "CI-2025-0005"}
    assert found["CI-2025-0004"]["parent"] == ""
    assert found["CI-2025-0005"]["parent"] == "CI-2025-0003"


def test_who_is_no_officer_gets_nothing(client, django_user_model):
    at = reverse("admin:initiatives_initiative_export", args=["csv"])
    assert client.get(at).status_code == 302
    nobody = django_user_model.objects.create_user("nobody", is_staff=True)
    assert signed_in(nobody).get(at).status_code == 403
    other = reverse("admin:initiatives_initiative_export", args=["exe"])
    assert signed_in(make_chief()).get(other).status_code == 404


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_was_exported_comes_back_without_a_change(suffix):
    make_records()
    make_initiative("CI-2025-0004", desk=make_desk("Energy", sectors=["energy"]))
    officer = make_officer()
    _answer, content = file_of(signed_in(officer), suffix)
    plan = plan_of(content, officer)
    assert plan.counts["unchanged"] == Initiative.objects.count()
    others = [action for action in plan.counts if action != "unchanged"]
    assert [(row.key, row.cells) for row in plan.rows(*others)] == []


def test_a_record_that_belongs_to_another_desk_comes_back_without_a_change():
    officer = make_officer(desk=make_desk("Uzbek", countries=["UZ"]))
    make_initiative(parties=["UZ"], publication="draft", desk=make_desk("Other"))
    _answer, content = file_of(signed_in(officer))
    assert plan_of(content, officer).counts["unchanged"] == 1


def test_a_draft_that_was_edited_in_the_file_changes_and_only_that():
    make_records()
    officer = make_officer()
    _answer, content = file_of(signed_in(officer))
    mended = content.replace(b"Initiative CI-2025-0003", b"A better name")
    (row,) = plan_of(mended, officer).rows("update")
    ((edit,),) = (row.edits,)
    assert edit["fields"] == {"title_en": ["Initiative CI-2025-0003", "A better name"]}


def test_an_import_says_which_columns_of_the_desk_it_does_not_take_over():
    make_records()
    officer = make_officer()
    _answer, content = file_of(signed_in(officer))
    facts = dict(plan_of(content.replace(b"=ask()", b"told"), officer).facts())
    label = "Kept by the desk and not taken over; change it at the record"
    assert facts[label] == "publication, officer, review_every_days, embargo_until, internal_note"


def test_the_list_links_to_the_files_with_its_filters():
    make_initiative()
    page = signed_in(make_viewer()).get(address("initiative"), {"status__exact": "planned"})
    for suffix in FORMATS:
        at = reverse("admin:initiatives_initiative_export", args=[suffix])
        assert f'href="{at}?status__exact=planned"' in page.content.decode()


def test_ten_records_take_as_many_queries_as_one():
    client = signed_in(make_officer())
    make_full(make_initiative(), 1)
    make_source("other")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            file_of(client)
        return len(captured)

    queries()
    few = queries()
    for _more in range(5):
        make_full(make_initiative(publication="draft"), 2)
    assert queries() == few


def test_a_viewer_may_take_the_file():
    make_records()
    assert len(rows_of(signed_in(make_officer("v", DeskRole.VIEWER)))) == Initiative.objects.count()
