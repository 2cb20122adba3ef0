"""The pages of a record's public versions: the list of them, one for good, two side by side."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives import actions
from initiatives.editions import record as public
from initiatives.models import Initiative
from tests import factories as make
from tests.editions import CODE, append, issued, plain_record, redact, withdrawal
from tests.full_records import make_full

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions, pytest.mark.once]
LANGUAGES = ("en", "ru", "uz", "kk")
LIST = f"/en/initiatives/{CODE}/editions/"


def page(client, address=LIST, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.fromstring(answer.content.decode())


def words(tree):
    return " ".join(tree.cssselect("main")[0].text_content().split())


def test_the_newest_version_comes_first_with_what_changed_and_why(client):
    append(plain_record(), plain_record(title="A bridge", planned_end="2031"))
    newest, first = page(client).cssselect(".edition-list > li")
    assert "Edition 2 current" in words_of(newest)
    assert "Edited by the desk" in words_of(newest)
    assert f"Title: Initiative {CODE} → changed to A bridge" in words_of(newest)
    assert "Planned end: nothing → changed to 2031" in words_of(newest)
    assert "First public version" in words_of(first)
    links = [link.get("href") for link in newest.cssselect("a")]
    assert links == [f"{LIST}2/", f"{LIST}2/?with=1"]


def words_of(node):
    return " ".join(node.text_content().split())


def test_editions_of_one_cause_say_that_other_records_changed_too(client):
    append(plain_record(), plain_record(title="New"))
    append(plain_record("CI-2025-0002"), key="CI-2025-0002", batch=2)
    newest, first = page(client).cssselect(".edition-list > li")
    assert "together with other records" in words_of(newest)
    assert "together" not in words_of(first)


def test_a_version_of_a_record_is_told_from_the_working_rows_no_more(client):
    append(plain_record(title="Told"))
    make.make_initiative(CODE, title_en="CANARY")
    assert "CANARY" not in client.get(LIST).content.decode()
    assert "CANARY" not in client.get(f"{LIST}1/").content.decode()


def test_many_versions_come_in_pages_and_each_knows_the_one_before(client):
    append(*(plain_record(title=f"T{number}") for number in range(1, 23)))
    shown = page(client).cssselect(".edition-list > li")
    assert [int(one.get("value")) for one in shown] == [*range(22, 2, -1)]
    assert "T2 → changed to T3" in words_of(shown[-1])
    rest = page(client, f"{LIST}?page=2").cssselect(".edition-list > li")
    assert [int(one.get("value")) for one in rest] == [2, 1]
    page(client, f"{LIST}?page=3", 404)


@pytest.mark.parametrize("query", ["page=0", "page=x", "page_size=0", "page_size=9999", "pge=2"])
def test_what_the_list_does_not_understand_shows_the_error_and_no_rows(client, query):
    append(plain_record())
    tree = page(client, f"{LIST}?{query}")
    assert tree.cssselect("main [role=alert]")
    assert tree.cssselect(".edition-list") == []


def test_an_edition_shows_the_whole_record_as_it_was(client):
    made = make_full(make.make_initiative(CODE, organisations=["bank"], outcome_en="Done"), 1)
    issued(made)
    text = words(page(client, f"{LIST}1/"))
    for part in ("Kazakhstan", "Energy", "Bank", "Done", "Decided so.", "USD 1,000,000", "Step"):
        assert part in text, part
    for heading in ("Milestones", "Money", "Events", "Status history", "Moved dates", "Sources"):
        assert heading in text, heading


def test_an_edition_says_what_it_is_and_how_to_cite_it(client):
    first, second = append(plain_record(), plain_record(title="New"))
    tree = page(client, f"{LIST}1/")
    text = words(tree)
    assert first.digest in text
    assert first.body_digest in text
    (cite,) = tree.cssselect(".cite-text")
    for part in (f"“Initiative {CODE}”", "edition 1, 1 January 2020", f"{LIST}1/", first.digest):
        assert part in words_of(cite), part
    assert tree.cssselect("[rel=canonical]")[0].get("href").endswith(f"/en/initiatives/{CODE}/")
    assert "noindex" in tree.cssselect("meta[name=robots]")[0].get("content")
    assert tree.cssselect("a[rel=next]")[0].get("href") == f"{LIST}2/"
    assert tree.cssselect("a[rel=prev]") == []
    moment = timezone.localtime(second.since).strftime("%Y-%m-%dT%H:%M:%S%z")
    assert tree.cssselect(f"time[datetime='{moment}']")


def test_the_list_of_versions_may_be_found(client):
    append(plain_record())
    assert page(client).cssselect("meta[name=robots]") == []


@pytest.mark.parametrize(
    "number", ["0", "00", "01", "2", "99999999999999999999", "-1", "x", "1.0", "%D9%A1", "1%0A"]
)
def test_a_number_that_no_public_edition_has_is_not_found(client, number):
    append(plain_record())
    page(client, f"{LIST}{number}/", 404)


def test_an_edition_under_embargo_is_not_found_and_not_told(client):
    append(plain_record(title="Known"))
    append(plain_record(title="CANARY"), since=timezone.now() + timedelta(hours=1))
    page(client, f"{LIST}2/", 404)
    for address in (LIST, f"{LIST}1/", f"{LIST}1/?with=2"):
        assert "CANARY" not in client.get(address).content.decode()
    assert page(client, f"{LIST}1/").cssselect("a[rel=next]") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_withdrawn_record_all_versions_are_gone_with_the_reason(client, language):
    append(plain_record(title="CANARY"), withdrawal(ru="Дважды"))
    for address in ("", "1/", "2/", "1/?with=2", "9/"):
        answer = client.get(f"/{language}/initiatives/{CODE}/editions/{address}")
        assert answer.status_code == 410
        assert "Дважды" in answer.content.decode()
        assert "CANARY" not in answer.content.decode()


def test_a_record_that_is_public_again_tells_of_its_withdrawal(client):
    append(plain_record(), withdrawal(en="Twice"), plain_record(title="Again"))
    newest, gone, _first = page(client).cssselect(".edition-list > li")
    assert "Public again" in words_of(newest)
    assert f"Initiative {CODE} → changed to Again" in words_of(newest)
    assert "Twice" in words_of(gone)
    assert "Twice" in words(page(client, f"{LIST}2/"))


def test_a_text_that_was_taken_out_is_said_to_be_so(client):
    first, _second = append(plain_record(title="CANARY"), plain_record())
    redact(first)
    tree = page(client, f"{LIST}1/", 410)
    assert "taken out" in words(tree)
    assert first.digest in words(tree)
    text = words(page(client))
    assert "CANARY" not in text
    assert "What changed cannot be shown" in text
    assert page(client, f"{LIST}2/?with=1").cssselect("#with-error")


@pytest.mark.parametrize("address", ["", "1/", "2/?with=1"])
def test_a_code_in_small_letters_leads_to_the_right_address(client, address):
    append(plain_record(), plain_record(title="New"))
    answer = client.get(f"{LIST.lower()}{address}")
    assert (answer.status_code, answer["Location"]) == (301, f"{LIST}{address}")
    page(client, f"/en/initiatives/CI-1999-0001/editions/{address}", 404)


@pytest.mark.parametrize("first", [1, 2])
def test_two_editions_lie_side_by_side_the_older_on_the_left(client, first):
    append(plain_record(planned_end="2031"), plain_record(planned_end="2033"))
    tree = page(client, f"{LIST}{first}/?with={3 - first}")
    (row,) = tree.cssselect(".beside tbody tr")
    assert [words_of(cell) for cell in row] == ["Planned end changed", "2031", "2033"]
    assert row.cssselect("td del")
    assert row.cssselect("td ins")
    heads = [words_of(head)[:9] for head in tree.cssselect(".beside thead th")]
    assert heads == ["Field", "Edition 1", "Edition 2"]


def test_a_switch_shows_also_what_is_the_same(client):
    append(plain_record(), plain_record(planned_end="2033"))
    tree = page(client, f"{LIST}2/?with=1")
    assert len(tree.cssselect(".beside tbody tr")) == 1
    (switch,) = tree.cssselect("a[href='?with=1&show=all']")
    whole = page(client, f"{LIST}2/{switch.get('href')}")
    assert len(whole.cssselect(".beside tbody tr.is-same")) == 4  # code, title, kind and status
    assert whole.cssselect("a[href='?with=1']")


WRONG = "0 x 9 1 2&with=2 2&show=x -1 2.0 01 %D9%A2 %3Cb%3E".split()


@pytest.mark.parametrize(
    "query", ["with=", f"with={'9' * 40}", "show=all", *(f"with={one}" for one in WRONG)]
)
def test_a_wrong_number_to_compare_with_is_an_error_beside_the_field(client, query):
    append(plain_record(), plain_record(title="New"))
    tree = page(client, f"{LIST}1/?{query}")
    (error,) = tree.cssselect("#with-error")
    assert words_of(error)
    assert tree.cssselect("#with[aria-invalid=true][aria-describedby=with-error]")
    assert tree.cssselect(".beside") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["", "1/", "2/?with=1", "2/?with=1&show=all", "1/?with=x"])
def test_a_page_answers_in_its_language_and_escapes_once(client, language, address):
    text = public.Text(**dict.fromkeys(LANGUAGES, "O'zbek & <b>"))
    source = public.Citation(slug="s", title="A & <b>", kind="media", url="javascript:x")
    append(
        plain_record(),
        plain_record(
            title=text,
            summary=text,
            sources=(source,),
            external_ids=(public.ExternalId(scheme="<b>", value="&"),),
        ),
    )
    answer = client.get(f"/{language}/initiatives/{CODE}/editions/{address}")
    assert (answer.status_code, answer["Content-Language"]) == (200, language)
    content = answer.content.decode()
    assert "& <b>" not in content
    assert "&amp;amp;" not in content
    assert "&amp;lt;" not in content
    assert 'href="javascript' not in content


def test_a_text_in_another_language_is_marked_with_it(client):
    append(plain_record(title=public.Text(ru="Мост")))
    (title,) = page(client, f"{LIST}1/").cssselect("h1 bdi")
    assert (title.text, title.get("lang")) == ("Мост", "ru")


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_ten_versions_ask_no_more_than_three(client, django_user_model):
    made = make_full(make.make_initiative(CODE, organisations=["bank"]), 1)
    officer = django_user_model.objects.create_user("officer")
    issued(made)
    for title in ("One", "Two"):
        retitle(officer, title)
    addresses = (LIST, f"{LIST}2/", f"{LIST}2/?with=1", f"{LIST}2/?with=1&show=all")
    for address in addresses:
        client.get(address)
    before = [queries(client, address) for address in addresses]
    make_full(made, 3, first=1)
    for number in range(1, 9):
        retitle(officer, f"T{number}")
    assert [queries(client, address) for address in addresses] == before
    assert max(before) <= 8


def retitle(officer, title):
    row = Initiative.objects.get(code=CODE)
    row.title_en = title
    actions.save(row, by=officer)
