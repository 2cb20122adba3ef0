"""Who decides on a request sees what readers read now beside what they would read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest
from initiatives.publication import issue_missing
from tests.desk import address, edit, make_officer, send, signed_in, values_of
from tests.factories import cite, make_initiative, make_milestone, make_source, make_status_change
from tests.memberships import ago, sections
from tests.requesting import ask_for_status, decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_officer("edda", DeskRole.EDITOR)


@pytest.fixture
def reviewer():
    return make_officer("rustam", DeskRole.REVIEWER)


@pytest.fixture
def shown():
    dates = {"planned_end": "2024", "first_planned_end": "2024"}
    record = make_initiative("CI-2025-0001", title_en="Old road", **dates)
    cite(make_status_change(record, "in_progress", effective="2023"))
    make_milestone(record, "Pillars")
    issue_missing()
    record.refresh_from_db()
    return record


def page_of(who, request):
    answer = signed_in(who).get(address("changerequest", "change", request.pk))
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def text_of(node):
    return " ".join(node.text_content().split())


def rows(page):
    """Field → (now, then) of what would differ."""
    found = page.xpath("//section[@aria-labelledby='outlook-title']/table/tbody/tr")
    return {text_of(row[0]): (text_of(row[1]), text_of(row[2])) for row in found}


def facts(page):
    found = page.xpath("//div[@class='outlook-facts']/section")
    return {text_of(one[0]): text_of(one[1]) for one in found}


def test_the_page_shows_both_sides_with_the_changed_words_marked(editor, reviewer, shown):
    send(signed_in(editor), edit(shown), title_en="New road")
    page = page_of(reviewer, ChangeRequest.objects.get())
    (label,) = rows(page)
    assert label.startswith("Title")
    assert rows(page)[label] == ("Old road", "New road")
    assert [text_of(one) for one in page.xpath("//table[@class='outlook']//ins")] == ["New"]
    assert [text_of(one) for one in page.xpath("//table[@class='outlook']//del")] == ["Old"]
    shown.refresh_from_db()
    assert shown.title_en == "Old road"


def test_what_stays_is_there_as_well(editor, reviewer, shown):
    send(signed_in(editor), edit(shown), title_en="New road")
    page = page_of(reviewer, ChangeRequest.objects.get())
    (same,) = page.xpath("//details[@class='outlook-same']//table[@class='outlook']")
    assert "Pillars" in text_of(same)


def test_of_a_new_part_only_what_was_entered_is_shown(editor, reviewer, shown):
    typed = {"milestones-1-title_en": "Deck", "milestones-1-planned": "2024-05"}
    send(signed_in(editor), edit(shown), **{"milestones-TOTAL_FORMS": "2"}, **typed)
    page = page_of(reviewer, ChangeRequest.objects.get())
    then = next(both[1] for label, both in rows(page).items() if "Deck" in label)
    assert then == "Deck Planned May 2024"
    (typed_fields,) = page.xpath("//table[contains(@class, 'desk-side-by-side')]/tbody")
    labels = [text_of(label) for label in typed_fields.xpath("./tr/th")]
    assert labels == ["Title (English)", "Planned"]


def test_flags_that_fall_and_rise_are_told(editor, reviewer, shown):
    request = ask_for_status(
        shown,
        editor,
        "suspended",
        effective=shown.planned_end,
        reason="War",
        decided_by=shown.countries.first().country,
        source=make_source("decree", title="Decree on roads", is_public=False),
    )
    told = facts(page_of(reviewer, request))
    assert "Decree on roads not public" in told["Sources"]
    assert "stays: Overdue" in told["Flags"]


def test_a_source_is_named_with_its_place_and_never_by_its_slug(editor, reviewer, shown):
    source = make_source("decree-17", title="Decree on roads")
    send(signed_in(editor), edit(shown), title_en="New road")
    request = ChangeRequest.objects.get()
    fields = {"source": [None, source.slug], "locator": [None, "p. 4"]}
    fields["initiative"] = [None, shown.code]
    key = [source.slug, "p. 4", "initiative", shown.code]
    cited = {"model": "citation", "key": key, "action": "created", "fields": fields}
    request.edits = [*request.edits, cited]
    request.save()
    page = page_of(reviewer, request)
    assert facts(page)["Sources"] == "Decree on roads, p. 4"


def test_what_is_missing_in_a_language_is_told(editor, reviewer, shown):
    send(signed_in(editor), edit(shown), outcome_ru="Открыта", title_uz="Yangi yoʻl")
    told = facts(page_of(reviewer, ChangeRequest.objects.get()))
    assert "Outcome: English, Uzbek, Kazakh" in told["Missing"]


def test_what_cannot_be_done_is_told_instead(editor, reviewer, shown):
    send(signed_in(editor), edit(shown), title_en="New road")
    request = ChangeRequest.objects.get()
    request.edits[0]["key"] = ["CI-1999-0001"]
    request.save()
    page = page_of(reviewer, request)
    assert "no longer exists" in text_of(page.xpath("//div[@class='errornote']")[0])
    assert not page.xpath("//div[@class='outlook-facts']")


def test_a_draft_that_is_to_be_published_is_shown_whole_beside_nothing(editor, reviewer):
    draft = make_initiative(publication="draft", title_en="Bridge", summary_en="A bridge.")
    cite(make_status_change(draft), make_source("treaty", title="Treaty of 2025"))
    signed_in(editor).post(address("initiative", "submit", draft.pk))
    page = page_of(reviewer, ChangeRequest.objects.get())
    found = rows(page)
    assert found["Title added"] == ("nothing", "Bridge")
    assert "Treaty of 2025" in facts(page)["Sources"]
    assert "the record is not public" in text_of(page.xpath("//table[@class='outlook']/thead")[0])


def test_comments_on_fields_go_back_to_the_author_each_with_its_place(editor, reviewer, shown):
    send(signed_in(editor), edit(shown), title_en="New road")
    request = ChangeRequest.objects.get()
    page = page_of(reviewer, request)
    (box,) = page.xpath("//textarea[starts-with(@name, 'about-')]")
    answer = decide(reviewer, request, "reject", **{box.get("name"): "Which road?\nSay it."})
    assert answer.status_code == 302
    request.refresh_from_db()
    assert (request.state, request.comment) == ("rejected", "Title: Which road?\nSay it.")
    assert "Title: Which road?" in signed_in(editor).get("/admin/").content.decode()


def test_a_comment_on_a_field_is_not_lost_where_the_decision_is_refused(editor, reviewer, shown):
    send(signed_in(editor), edit(shown), title_en="New road")
    request = ChangeRequest.objects.get()
    answer = decide(reviewer, request, "perhaps", **{"about-Title": "Which road?"})
    page = html.fromstring(answer.content.decode())
    (box,) = page.xpath("//textarea[@name='about-Title']")
    assert box.text.strip() == "Which road?"


def test_the_author_comments_nothing(editor, shown):
    send(signed_in(editor), edit(shown), title_en="New road")
    page = page_of(editor, ChangeRequest.objects.get())
    assert not page.xpath("//textarea[starts-with(@name, 'about-')]")
    assert page.xpath("//button[@value='reject']")


def test_an_embargo_stands_beside_the_record_in_the_queue_and_on_its_pages(editor, reviewer, shown):
    shown.embargo_until = timezone.now() + timedelta(days=3)
    shown.save()
    request = ask_for_status(
        shown, editor, "cancelled", effective=shown.planned_end, reason="No", source=make_source()
    )
    (item,) = sections(reviewer)["waiting"].items
    assert item.badge.startswith("Embargo until")
    for place in (
        address("changerequest", "change", request.pk),
        address("initiative", "status", shown.pk),
        address("initiative", "change", shown.pk),
        address("initiative"),
        address("changerequest"),
    ):
        assert item.badge in signed_in(reviewer).get(place).content.decode()


def test_an_embargo_that_is_over_is_not_told(editor, reviewer, shown):
    shown.embargo_until = ago(1)
    shown.save()
    send(signed_in(editor), edit(shown), title_en="New road")
    (item,) = sections(reviewer)["waiting"].items
    assert item.badge == ""


def test_its_page_takes_no_more_queries_for_more_edits(editor, reviewer, shown):
    desk = signed_in(reviewer)

    def queries_of(request):
        with CaptureQueriesContext(connection) as asked:
            desk.get(address("changerequest", "change", request.pk))
        return len([one for one in asked if "SELECT" in one["sql"][:6]])

    send(signed_in(editor), edit(shown), title_en="New road")
    few = ChangeRequest.objects.get()
    queries_of(few)
    first = queries_of(few)
    typed = {f"summary_{one}": "Text" for one in ("en", "ru", "uz", "kk")}
    send(signed_in(editor), edit(shown), title_en="Newer road", **typed)
    many = ChangeRequest.objects.exclude(pk=few.pk).get()
    assert queries_of(many) <= first + 1
    assert values_of(desk.get(address("changerequest", "change", many.pk)))


def test_a_comment_on_a_field_that_is_not_shown_any_more_can_be_copied(editor, reviewer, shown):
    send(signed_in(editor), edit(shown), title_en="New road")
    request = ChangeRequest.objects.get()
    decide(make_officer("olga", DeskRole.REVIEWER), request, "approve")
    answer = decide(reviewer, request, "reject", **{"about-Title": "Which road?"})
    page = html.fromstring(answer.content.decode())
    assert "Title: Which road?" in [text_of(one) for one in page.xpath("//blockquote")]
