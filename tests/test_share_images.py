"""Pictures of a page to share: what they say, in which size, and that they are drawn once."""

import struct

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from lxml import etree, html

from initiatives import actions
from initiatives.as_of import as_published
from initiatives.public import images
from initiatives.public.images import cut, fitted, width_of
from initiatives.public.images.colours import colours, mixed
from initiatives.public.pages import share_images
from initiatives.public.subscriptions import scopes
from initiatives.publication import issue_missing
from tests import factories as make
from tests.register import known_since
from tests.test_public_addresses import PAGES, fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"
PHRASES = {
    "en": "An intergovernmental programme of hydropower and transport ",
    "ru": "Межправительственная программа гидроэнергетического строительства ",
    "uz": "Gidroenergetika va transport boʻyicha hukumatlararo maʼnaviy dastur ",
    "kk": "Шекаралас аудандардағы гидроэнергетикалық құрылыстың үкіметаралық бағдарламасы ",
}
# As long as a title may be.
LONG = {language: (phrase * 6)[:250].strip() for language, phrase in PHRASES.items()}
SVG = "{http://www.w3.org/2000/svg}"


def size_of(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def drawing_of(code, language):
    """The lines of the picture of a record, as (text, right edge)."""
    issue_missing()
    with translation.override(language):
        (row,) = as_published([code])
        context = share_images.of_record(row, None)
        svg = render_to_string("images/record.svg", {"c": images.colours(), "site": "X", **context})
    return etree.fromstring(svg.encode()), context


@pytest.mark.parametrize("language", LONG)
def test_a_long_title_wraps_and_ends_within_the_picture(language):
    dates = {"planned_start": "2020", "planned_end": "2021-06"}
    make.make_initiative(CODE, **{f"title_{language}": LONG[language]}, **dates)
    tree, context = drawing_of(CODE, language)
    words = [text for _y, text in context["heading"].rows]
    size = context["heading"].size
    assert len(words) > 2
    assert words[-1].endswith("…")
    assert LONG[language].startswith(" ".join(words)[:-1])
    assert all(64 + width_of(line, size, bold=True) <= 1136 for line in words)
    assert context["stands"].end <= 484  # where the line of years begins
    assert tree.tag == f"{SVG}svg"


def test_the_picture_says_title_status_and_how_it_stands():
    make.make_initiative(CODE, title_kk="Бөгет <1> & жол", status="suspended", planned_end="2020")
    tree, _context = drawing_of(CODE, "kk")
    texts = [" ".join("".join(text.itertext()).split()) for text in tree.iter(f"{SVG}text")]
    assert {"Бөгет <1> & жол", "Тоқтатыла тұрған", CODE, "2020"} <= set(texts)
    assert any("кешігуде" in text for text in texts)


def test_without_dates_there_is_no_line_of_years():
    make.make_initiative(CODE, planned_start=None, planned_end=None)
    assert drawing_of(CODE, "en")[1]["line"] is None


@pytest.mark.parametrize("language", LONG)
def test_a_record_has_a_picture_in_each_language(client, language):
    make.make_initiative(CODE, **{f"title_{language}": LONG[language]})
    answer = client.get(f"/{language}/initiatives/{CODE}.png")
    assert answer["Content-Type"] == "image/png"
    assert size_of(answer.content) == (1200, 630)
    assert len(answer.content) < 150_000


def test_the_same_picture_has_the_same_bytes(client):
    make.make_initiative(CODE)
    first = client.get(f"/en/initiatives/{CODE}.png").content
    images.png_of.cache_clear()
    assert client.get(f"/en/initiatives/{CODE}.png?utm_source=x").content == first
    assert images.png_of.cache_info().maxsize == 64


@pytest.mark.parametrize("address", [f"initiatives/{CODE}.png", "initiatives.png?country=KZ"])
def test_what_the_reader_has_is_not_drawn_again(client, address):
    make.make_initiative(CODE)
    known_since()
    answer = client.get(f"/en/{address}")
    assert answer["Cache-Control"] == "public, no-cache"
    images.png_of.cache_clear()
    again = client.get(f"/en/{address}", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, images.png_of.cache_info().misses) == (304, 0)


def test_what_is_not_public_has_no_picture(client, django_user_model):
    record = make.make_initiative(CODE, title_en="Dam")
    make.make_initiative("CI-2025-0002", publication="draft")
    for code in ("CI-2025-0002", "CI-1999-0001", "x%00y"):
        assert client.get(f"/en/initiatives/{code}.png").status_code in (400, 404)
    officer = django_user_model.objects.create_user("officer")
    actions.withdraw(record, reason={"en": "It was a duplicate."}, by=officer)
    answer = client.get(f"/en/initiatives/{CODE}.png")
    assert answer.status_code == 410
    assert "duplicate" in answer.content.decode()


@pytest.mark.parametrize("query", ["contry=KZ", "status=zzz", "year=0", f"q={'x' * 30_000}"])
def test_a_part_that_is_not_understood_is_refused(client, query):
    assert client.get(f"/en/initiatives.png?{query}").status_code == 400


def test_a_letter_that_the_font_lacks_and_the_worst_texts_are_drawn(client):
    make.make_initiative(CODE, title_en="]]> </svg>&amp; 合作 🙂 שלום " + "W" * 200)
    assert size_of(client.get(f"/en/initiatives/{CODE}.png").content) == (1200, 630)


def test_lines_are_cut_between_words_and_a_lone_word_between_letters():
    assert cut("Dam on the river", width=1000, size=30) == "Dam on the river"
    assert cut("Dam on the river", width=190, size=30) == "Dam on the…"
    assert cut("W" * 99, width=200, size=30).endswith("W…")
    broken = fitted("W" * 60, width=500, height=1000, sizes=[40])
    assert "".join(broken.lines) == "W" * 60
    assert all(width_of(line, 40) <= 500 for line in broken.lines)
    assert fitted("", width=500, height=100, sizes=[40]).lines == []


def test_every_page_names_a_picture_that_is_there(client):
    fill()
    own = set()
    for page in PAGES:
        head = html.fromstring(client.get(f"/ru/{page}").content.decode()).cssselect("head")[0]
        told = {
            meta.get("property") or meta.get("name"): meta.get("content")
            for meta in head.cssselect("meta[property^='og:image'], meta[name^='twitter:']")
        }
        assert told["twitter:card"] == "summary_large_image"
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
        assert told["og:image:alt"]
        own.add(told["og:image"].removeprefix("http://testserver"))
    assert {f"/ru/initiatives/{CODE}.png", "/ru/pairs/kz-uz.png", "/ru/events/session.png"} <= own
    for address in own:
        assert size_of(client.get(address).content) == (1200, 630), address


def test_pages_of_what_is_missing_have_the_picture_of_the_site(client):
    for page in ("initiatives/CI-1999-0001/", "nowhere/", "initiatives/?status=zzz"):
        head = html.fromstring(client.get(f"/en/{page}").content.decode())
        (image,) = head.cssselect("meta[property='og:image']")
        assert image.get("content") == "http://testserver/en/initiatives.png"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Country: Uzbekistan"), ("kk", "Ел: Өзбекстан")]
)
def test_the_picture_of_a_filtered_list_names_what_it_is_filtered_by(rf, language, words):
    make.make_initiative(CODE)
    with translation.override(language):
        scope = scopes.search(rf.get("/", {"country": "UZ"}))
        rows = share_images.of_scope(scope)["heading"].rows
    assert " ".join(line for _y, line in rows).endswith(words)


def test_colours_are_those_of_the_site():
    assert colours()["in_progress_ground"].startswith("#")
    assert len(colours()["surface"]) in (4, 7)
    assert mixed("#000000", "#fff", 0.5) == "#808080"
    assert mixed("#0b5c68", "#fff", 1) == "#0b5c68"
