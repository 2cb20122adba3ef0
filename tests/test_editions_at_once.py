"""Many records at once, and many writers at once: one chain without gaps."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from initiatives import actions, kept_queries
from initiatives.choices import EditionCause
from initiatives.models import Citation, DeskRow, Edition, Initiative, Source
from initiatives.publication import issue_missing, issuing, missing, publishing
from initiatives.publication.desk_rows import wrong_desk_rows
from initiatives.verification import chain_of_editions
from tests import factories as make
from tests.importing import NEW, applied, make_lists
from tests.registering import added, make_shown, save

WRITERS, SAVES = 4, 4
WAITED = 30  # seconds at most


def is_whole():
    return list(chain_of_editions(lambda number: None)) == [] and list(missing()) == []


def save_often(row):
    try:
        for number in range(SAVES):
            save(row, title_en=f"Title {number}")
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_append_to_one_chain():
    source = make.make_source("report")
    rows = [make_shown() if not n else make_shown(f"CI-2025-000{n + 1}") for n in range(WRITERS)]
    for row in rows:
        make.cite(row, source)
    issue_missing()
    before = Edition.objects.count()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(save_often, rows))
    positions = list(Edition.objects.order_by("position").values_list("position", flat=True))
    assert positions == [*range(1, before + WRITERS * SAVES + 1)]
    assert is_whole()


def rename(slug):
    try:
        save(Source.objects.get(slug=slug), title="Renamed")
    finally:
        connections.close_all()


def cite_anew(code, slug):
    try:
        source, row = Source.objects.get(slug=slug), Initiative.objects.get(code=code)
        actions.save(Citation(source=source, initiative=row), by=None)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_source_that_is_renamed_while_others_cite_it_is_in_their_records_as_it_is():
    make.make_source("report")
    codes = [make_shown(f"CI-2025-000{n}").code for n in range(1, 5)]
    with ThreadPoolExecutor(5) as pool:
        done = [pool.submit(cite_anew, code, "report") for code in codes]
        done.insert(2, pool.submit(rename, "report"))
        for one in done:
            one.result()
    assert is_whole()


def at_once(*acts):
    """Each in a transaction of its own, of which none ends before all are done. SQLite has no two
    transactions that write: there one comes after the other."""
    together = Barrier(len(acts) if connection.vendor == "postgresql" else 1)

    def run(act):
        try:
            with publishing():
                act()
                together.wait(WAITED)
        except BaseException:
            together.abort()
            raise
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_cited", [True, False])
def test_who_makes_a_source_public_and_who_cites_it_do_not_stop_each_other(is_cited):
    source = make.make_source("report", is_public=False)
    row = make.make_initiative()
    if is_cited:
        make.cite(row, source)
    issue_missing()
    at_once(
        lambda: save(source, is_public=True),
        lambda: actions.save(Citation(source=source, initiative=row, locator="P3"), by=None),
    )
    assert not DeskRow.objects.get().unsourced
    assert is_whole()
    assert list(wrong_desk_rows()) == []


@pytest.mark.django_db(transaction=True)
def test_who_saves_a_record_leaves_what_becomes_of_its_source_meanwhile():
    source = make.make_source("report", is_public=False)
    row = make.make_initiative(title_kk="")
    make.cite(row, source)
    issue_missing()
    at_once(lambda: save(source, is_public=True), lambda: save(row, title_kk="Көпір"))
    assert not DeskRow.objects.get().unsourced
    assert list(wrong_desk_rows()) == []


@pytest.mark.django_db
def test_many_that_are_published_together_are_one_batch_with_one_cause(monkeypatch):
    monkeypatch.setattr(kept_queries, "TOGETHER", 3)
    drafts = [make_shown(f"CI-2025-000{n}", publication="draft") for n in range(1, 9)]

    def publish():
        outcome = actions.for_each(
            drafts, lambda row: actions.publish(row, by=None), skip_failing=False
        )
        assert len(outcome.done) == 8

    new = added(publish)
    assert [one.key for one in new] == [row.code for row in drafts]
    assert {(one.batch, one.cause) for one in new} == {(new[0].position, "publication")}
    assert is_whole()


@pytest.mark.django_db
def test_progress_is_told_after_each_chunk(monkeypatch):
    monkeypatch.setattr(kept_queries, "TOGETHER", 3)
    codes = [make.make_initiative(f"CI-2025-000{n}").code for n in range(1, 9)]
    reached = []
    issuing.issue(codes, [], cause=EditionCause.IMPORT, progress=reached.append)
    assert reached == [3, 6, 8]


@pytest.mark.django_db
def test_an_import_of_public_records_and_its_undoing_are_one_batch_each():
    make_lists()
    codes = [make_shown(f"CI-2025-000{n}").code for n in range(1, 4)]
    done = []
    new = added(lambda: done.append(applied(*({"code": one, "title_ru": "Мост"} for one in codes))))
    assert [(one.key, one.cause) for one in new] == [(one, "import") for one in codes]
    assert len({one.batch for one in new}) == 1
    back = added(lambda: actions.imports.undo(done[0], by=None))
    assert [(one.key, one.cause) for one in back] == [(one, "import") for one in codes]
    assert len({one.batch for one in back}) == 1


@pytest.mark.django_db
def test_an_import_of_drafts_and_its_undoing_write_nothing():
    make_lists()
    done = []
    assert added(lambda: done.append(applied(NEW))) == []
    assert added(lambda: actions.imports.undo(done[0], by=None)) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_the_same_words_crosswise_do_not_stop_each_other():
    words = [" ".join(f"{letter}{number:04}" for number in range(300)) for letter in "az"]
    rows = [make.make_initiative(publication="draft") for _ in range(4)]
    texts = [*words, *reversed(words)]
    issue_missing()

    def rename(first, last):
        for row, text in list(zip(rows, texts, strict=True))[first:last]:
            save(row, description_en=text)

    at_once(lambda: rename(0, 2), lambda: rename(2, 4))
    assert list(wrong_desk_rows()) == []
