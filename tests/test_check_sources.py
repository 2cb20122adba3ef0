"""`manage.py check_sources`: what it asks, what it makes of the answers, and what officers do."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from initiatives.actions.source_checks import BETWEEN_ROUNDS
from initiatives.choices import DeskRole
from initiatives.desk.work_queue import queue_of
from initiatives.models import Change, ChangeRequest, Source, SourceCheck
from initiatives.rights import Rights
from tests.desk import address, make_chief, make_desk, make_officer, signed_in
from tests.factories import cite, make_initiative, make_source
from tests.web_server import web_server

pytestmark = pytest.mark.django_db
COPY = "http://web.archive.org/web/2025/http://a.example/"
FOUND = (
    b'{"archived_snapshots": {"closest": {"available": true, "status": "200", "url": "%s"}}}'
    % COPY.encode()
)


@pytest.fixture
def web(settings):
    pages = {
        "/here": (200, {}, b"x"),
        "/moved": (301, {"Location": "/here"}, b""),
        "/busy": (429, {"Retry-After": "600"}, b""),
        "/slow": (500, {}, b""),
    }

    def answer(method, path):
        if path.startswith("/archive?"):
            return (200, {}, FOUND)
        return pages.get(path, (404, {}, b""))

    with web_server(answer) as server:
        settings.ARCHIVE_API = f"{server.here}/archive"
        server.pages = pages
        yield server


@pytest.fixture
def record():
    return make_initiative("CI-2025-0001")


def cited(record, web, path, slug=None, **fields):
    source = make_source(slug or path.strip("/"), url=web.here + path, **fields)
    cite(record, source)
    return source


def check(*options):
    printed = StringIO()
    call_command(
        "check_sources", "--pause=0", "--timeout=2", "--allow-private", *options, stdout=printed
    )
    return printed.getvalue()


def time_passes(by=BETWEEN_ROUNDS):
    """As if everything had been noted so long ago."""
    for row in SourceCheck.objects.all():
        row.checked_at -= by
        row.ask_after = row.ask_after and row.ask_after - by
        row.save()


def state_of(source):
    return SourceCheck.objects.get(source=source).state


def sections(user):
    return {section.key: section for section in queue_of(Rights(user)).sections}


def dead(record, web):
    source = cited(record, web, "/gone")
    check()
    time_passes()
    check()
    return source


def test_what_answers_is_noted_and_nobody_is_bothered(web, record):
    source = cited(record, web, "/here")
    assert "Addresses to ask: 1" in check()
    assert state_of(source) == "here"
    assert not {"dead_sources", "moved_sources"} & sections(make_chief()).keys()


def test_what_is_gone_is_dead_after_two_rounds_and_not_after_one(web, record):
    source = cited(record, web, "/gone")
    check()
    assert state_of(source) == "doubtful"
    assert "dead_sources" not in sections(make_chief())
    time_passes()
    check()
    assert state_of(source) == "dead"


def test_two_runs_in_one_bad_hour_are_one_round(web, record):
    source = cited(record, web, "/gone")
    check()
    check()
    assert state_of(source) == "doubtful"
    assert SourceCheck.objects.get().failures == 1


def test_what_comes_back_is_no_more_in_doubt(web, record):
    source = cited(record, web, "/gone")
    check()
    web.pages["/gone"] = (200, {}, b"")
    time_passes()
    check()
    assert (state_of(source), SourceCheck.objects.get().failures) == ("here", 0)


def test_a_slow_server_is_not_dead_for_long(web, record):
    source = cited(record, web, "/slow")
    for _round in range(4):
        check()
        time_passes()
    assert state_of(source) == "doubtful"
    check()
    assert state_of(source) == "dead"


def test_who_asks_to_come_later_is_not_asked_before(web, record):
    cited(record, web, "/busy")
    cited(record, web, "/here")
    assert "To be asked later, as they wish: 127.0.0.1" in check()
    asked = len(web.asked)
    check()
    assert [path for _method, path in web.asked[asked:]] == ["/here"]
    time_passes(timedelta(minutes=11))
    asked = len(web.asked)
    check()
    assert [path for _method, path in web.asked[asked:]] == ["/busy"]


def test_what_was_asked_within_the_days_is_left(web, record):
    cited(record, web, "/here")
    check()
    assert "Addresses to ask: 0" in check()
    time_passes(timedelta(days=31))
    assert "Addresses to ask: 1" in check()


def test_stopped_it_goes_on_where_it_was(web, record):
    for number in range(3):
        web.pages[f"/{number}"] = (200, {}, b"")
        cited(record, web, f"/{number}", f"s-{number}")
    check("--limit=2")
    del web.asked[:]
    check()
    assert web.asked == [("HEAD", "/2")]


def test_an_address_that_was_changed_is_asked_anew(web, record):
    source = cited(record, web, "/here")
    check()
    Source.objects.filter(pk=source.pk).update(url=f"{web.here}/gone")
    check()
    assert state_of(source) == "doubtful"


def test_only_public_sources_are_asked(web, record):
    cited(record, web, "/secret", is_public=False)
    cited(make_initiative(publication="draft"), web, "/draft")
    make_source("uncited", url=f"{web.here}/uncited")
    make_source("without", url="")
    check()
    assert web.asked == []


def test_machines_of_ones_own_network_are_not_asked(web, record):
    source = cited(record, web, "/here")
    call_command("check_sources", "--pause=0", stdout=StringIO())
    assert (web.asked, state_of(source)) == ([], "not_asked")


def test_a_dead_source_is_before_its_officers_with_the_archived_copy(web, record):
    source = dead(record, web)
    section = sections(make_chief())["dead_sources"]
    assert (section.count, section.items[0].code) == (1, "gone")
    assert "answers 404 since" in section.items[0].sentences[0]
    assert COPY.replace("http://web", "https://web") in section.items[0].sentences[1]
    page = signed_in(make_officer()).get(f"{address('source')}?address=dead")
    assert source.title in page.content.decode()


def test_one_click_takes_the_archived_copy(web, record):
    source = dead(record, web)
    chief = make_chief()
    signed_in(chief).post(address("source", "address", source.pk, "copy"))
    source.refresh_from_db()
    assert source.archived_url == COPY.replace("http://web", "https://web")
    assert Change.objects.get(model="source").recorded_by == chief
    assert "dead_sources" not in sections(chief)


def test_one_click_takes_the_new_address(web, record):
    source = cited(record, web, "/moved")
    check()
    chief = make_chief()
    assert sections(chief)["moved_sources"].count == 1
    signed_in(chief).post(address("source", "address", source.pk, "new"))
    source.refresh_from_db()
    assert source.url == f"{web.here}/here"
    assert "moved_sources" not in sections(chief)


def test_what_an_officer_lets_be_is_asked_of_nobody_again(web, record):
    source, chief = dead(record, web), make_chief()
    signed_in(chief).post(address("source", "address", source.pk, "keep"))
    assert "dead_sources" not in sections(chief)
    time_passes(timedelta(days=31))
    check()
    assert "dead_sources" not in sections(chief)


def test_an_editor_asks_for_the_copy_and_a_second_person_approves(web, record):
    source = dead(record, web)
    editor = make_officer("editor", DeskRole.EDITOR)
    answer = signed_in(editor).post(address("source", "address", source.pk, "copy"))
    request = ChangeRequest.objects.get()
    assert answer.url == address("changerequest", "change", request.pk)
    source.refresh_from_db()
    assert source.archived_url == ""
    assert request.edits[0]["fields"]["archived_url"][1].startswith("https://web.archive.org/")


@pytest.mark.parametrize("step", ["copy", "new"])
def test_a_click_that_came_too_late_is_told(web, record, step):
    source, desk = dead(record, web), signed_in(make_chief())
    Source.objects.filter(pk=source.pk).update(url=f"{web.here}/here")
    answer = desk.post(address("source", "address", source.pk, step), follow=True)
    assert "The address was changed meanwhile" in answer.content.decode()


def test_viewers_strangers_and_made_up_steps_do_nothing(web, record):
    source = dead(record, web)
    place = address("source", "address", source.pk, "copy")
    viewer = signed_in(make_officer("viewer", DeskRole.VIEWER))
    assert viewer.post(place).status_code == 403
    desk = signed_in(make_chief())
    assert desk.post(place.replace("copy", "erase")).status_code == 404
    assert desk.get(place).status_code == 405
    source.refresh_from_db()
    assert source.archived_url == ""


def test_other_desks_are_not_bothered(web, record):
    dead(record, web)
    far = make_officer("far", DeskRole.PUBLISHER, make_desk("Far", countries=["TM"]))
    near = make_officer("near", DeskRole.EDITOR, make_desk("Near", countries=["UZ"]))
    assert "dead_sources" not in sections(far)
    assert "dead_sources" in sections(near)


def test_the_queue_asks_as_often_for_many_as_for_one(web, record, django_assert_max_num_queries):
    chief = make_chief()
    for number in range(15):
        source = cited(record, web, f"/n-{number}")
        SourceCheck.objects.create(
            source=source, address=source.url, state="dead", failed_since=timezone.now()
        )
    with django_assert_max_num_queries(40):
        section = sections(chief)["dead_sources"]
    assert (section.count, len(section.items)) == (15, 10)


def test_the_death_of_an_old_address_says_nothing_of_the_new_one(web, record):
    source = dead(record, web)
    Source.objects.filter(pk=source.pk).update(url=f"{web.here}/busy")
    check()
    assert state_of(source) == "here"
    assert "dead_sources" not in sections(make_chief())


@pytest.mark.parametrize(
    ("option", "value"),
    [("limit", "-1"), ("limit", "0"), ("days", "-3"), ("pause", "nan"), ("timeout", "0")],
)
def test_a_number_that_makes_no_sense_is_refused(option, value):
    with pytest.raises(CommandError, match=f"--{option}: '{value}' is no number from"):
        call_command("check_sources", f"--{option}={value}", stdout=StringIO())
