"""Cards for the pages of others: what they say, and that they alone may stand in a frame."""

import pytest
from lxml import html

from initiatives import actions
from tests import factories as make
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"
CARD, LIST = f"embed/initiatives/{CODE}/", "embed/initiatives/"
LANGUAGES = ("en", "ru", "uz", "kk")


@pytest.fixture
def dam():
    return make.make_initiative(CODE, title_en="Dam", title_ru="Плотина", status="in_progress")


def read(answer):
    return html.fromstring(answer.content.decode())


def words(part):
    return " ".join(part.text_content().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_tells_title_status_and_edition_and_leads_to_the_record(client, dam, language):
    make.make_milestone(dam, planned="2999-Q2")
    tree = read(client.get(f"/{language}/{CARD}"))
    (link,) = tree.cssselect("h1 a")
    assert link.get("href") == f"/{language}/initiatives/{CODE}/"
    assert words(link).startswith("Плотина" if language != "en" else "Dam")
    assert tree.cssselect("base")[0].get("target") == "_top"
    assert tree.cssselect(".status svg")
    assert "2999" in words(tree.cssselect(".stands")[-1])
    assert tree.cssselect("footer time, footer .date")
    canonical = tree.cssselect("[rel=canonical]")[0].get("href")
    assert canonical == f"http://testserver/{language}/initiatives/{CODE}/"
    assert tree.cssselect("meta[name=robots]")[0].get("content") == "noindex, follow"


def test_a_list_counts_its_statuses_and_names_the_first(client, dam):
    for _ in range(2):
        make.make_initiative(status="planned", parties=("KZ", "KG"))
    make.make_initiative(status="planned", parties=("UZ", "TJ"))
    tree = read(client.get(f"/en/{LIST}?country=KG"))
    assert tree.cssselect("[data-total]")[0].get("data-total") == "2"
    counts = [(one.get("data-count")) for one in tree.cssselect("[data-count]")]
    assert counts == ["2"]
    assert "100%" in words(tree.cssselect(".embedded-statuses")[0])
    assert len(tree.cssselect(".embedded-rows > li")) == 2
    assert tree.cssselect("h1 a")[0].get("href") == "/en/initiatives/?country=KG"
    (status,) = tree.cssselect(".embedded-statuses a")
    assert client.get(status.get("href")).status_code == 200
    assert status.get("href") == "/en/initiatives/?status=planned&country=KG"


@pytest.mark.parametrize(
    "query", ["contry=KZ", "status=zzz", "page=2", "year=0", "q=%00", "as_of=x"]
)
def test_what_is_not_understood_is_told_and_shows_nothing(client, dam, query):
    answer = client.get(f"/en/{LIST}?{query}")
    assert answer.status_code == 200
    tree = read(answer)
    assert tree.cssselect("[role=alert] li")
    assert tree.cssselect("[data-code], [data-total], [data-count]") == []


def test_too_many_and_giant_parameters_are_told_too(client, dam):
    many = "&".join(f"q={number}" for number in range(6_000))
    for query in (many, f"q={'x' * 30_000}", f"year={'9' * 300}"):
        tree = read(client.get(f"/en/{LIST}?{query}"))
        assert tree.cssselect("[role=alert] li"), query[:20]


def test_a_card_says_which_parameter_it_passed_over(client, dam):
    tree = read(client.get(f"/en/{CARD}?as_of=2020-01-01"))
    assert "as_of" in words(tree.cssselect("[role=alert]")[0])
    assert tree.cssselect(f"[data-code='{CODE}']")


def test_nothing_that_is_not_public_is_shown(client, dam, django_user_model):
    make.make_initiative("CI-2025-0002", publication="draft", title_en="Secret")
    for code in ("CI-2025-0002", "CI-1999-0001", "zzz"):
        answer = client.get(f"/en/embed/initiatives/{code}/")
        assert answer.status_code == 404
        assert "Secret" not in answer.content.decode()
    assert "Secret" not in client.get(f"/en/{LIST}").content.decode()
    officer = django_user_model.objects.create_user("officer")
    actions.withdraw(dam, reason={"en": "It was a duplicate."}, by=officer)
    answer = client.get(f"/en/{CARD}")
    assert answer.status_code == 410
    assert "It was a duplicate." in answer.content.decode()
    assert "Dam" not in words(read(answer))


def test_a_code_in_small_letters_leads_to_the_right_address(client, dam):
    answer = client.get(f"/en/{CARD.lower()}?utm_source=x")
    assert (answer.status_code, answer["Location"]) == (301, f"/en/{CARD}?utm_source=x")


@pytest.mark.parametrize(
    "address",
    [CARD, LIST, f"{LIST}?status=zzz", "embed/initiatives/CI-1999-0001/", CARD.lower()],
)
def test_only_a_card_may_be_framed(client, dam, address):
    for _ in range(2):  # made, and as it was kept
        answer = client.get(f"/kk/{address}")
        assert "X-Frame-Options" not in answer
        rules = dict(rule.split(" ", 1) for rule in answer["Content-Security-Policy"].split("; "))
        assert rules["frame-ancestors"] == "*"
        assert rules["default-src"] == rules["form-action"] == "'none'"
        assert "script-src" not in rules
        assert not answer.cookies


@pytest.mark.parametrize("address", [f"initiatives/{CODE}/", "", "embed/", f"{CARD}x/", "x/embed/"])
def test_no_other_address_may_be_framed(client, dam, address):
    answer = client.get(f"/en/{address}")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", [CARD, LIST])
def test_a_card_has_validators_and_its_304_has_its_policy(client, dam, address):
    known_since()
    answer = client.get(f"/en/{address}")
    assert answer["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in answer.get("Vary", "")
    again = client.get(f"/en/{address}", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert "frame-ancestors *" in again["Content-Security-Policy"]
    assert "X-Frame-Options" not in again


@pytest.mark.parametrize("address", [CARD, LIST])
def test_a_card_runs_and_asks_nothing(client, dam, address):
    tree = read(client.get(f"/en/{address}"))
    assert tree.cssselect("script, form, iframe, [style], style, img[src^=http]") == []
    assert not any(key.startswith("on") for part in tree.iter() for key in part.attrib)


def test_pages_offer_the_lines_to_copy(client, dam):
    dam.title_en = 'The "big" <dam> & road'
    dam.save()
    for page, card in (
        (f"initiatives/{CODE}/", f"/en/{CARD}"),
        ("initiatives/?country=KZ&view=table", f"/en/{LIST}?country=KZ"),
    ):
        (box,) = read(client.get(f"/en/{page}")).cssselect("details.embed-code textarea")
        frame = html.fragment_fromstring(box.text)
        assert frame.tag == "iframe"
        assert frame.get("src") == f"http://testserver{card}"
        assert frame.get("title")
        assert client.get(card).status_code == 200
    assert read(client.get("/en/initiatives/?status=zzz")).cssselect(".embed-code") == []


def test_the_title_of_the_frame_is_the_one_of_the_record(client):
    make.make_initiative(CODE, title_en='The "big" <dam> & road')
    (box,) = read(client.get(f"/en/initiatives/{CODE}/")).cssselect(".embed-code textarea")
    assert html.fragment_fromstring(box.text).get("title") == 'The "big" <dam> & road'
