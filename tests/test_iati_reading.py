"""Files of other publishers: read whole, with limits, and what is not read is counted."""

import io
import tracemalloc
from collections import Counter
from datetime import date

import pytest

from initiatives.exchange.iati.reading import UnreadableActivities, read_activities, stream
from tests.iati import FOLDER

pytestmark = pytest.mark.once
REAL = FOLDER / "worldbank-el-salvador.xml"
EXAMPLE = FOLDER / "activity-standard-example-annotated.xml"
HEAD = '<iati-activities version="{version}">'


def read(content):
    return list(read_activities(io.BytesIO(content)))


def file_of(*activities, version="2.03"):
    body = "".join(f"<iati-activity>{inner}</iati-activity>" for inner in activities)
    return f"{HEAD.format(version=version)}{body}</iati-activities>".encode()


@pytest.fixture(scope="module")
def real():
    with REAL.open("rb") as file:
        return list(read_activities(file))


def test_every_activity_of_a_real_file_is_read(real):
    assert len(real) == 13
    assert all(one.identifier.startswith("44000-P") and one.titles["en"] for one in real)
    assert {one.status for one in real} == {"2", "3"}
    assert all(len(one.dates) == 4 and one.problems == () for one in real)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("countries", 13),
        ("sectors", 200),
        ("participants", 58),
        ("transactions", 632),
        ("budgets", 2110),
        ("documents", 173),
    ],
)
def test_all_parts_of_a_real_file_are_read(real, name, number):
    assert sum(len(getattr(one, name)) for one in real) == number


def test_money_of_a_real_file_has_amount_currency_day_and_provider(real):
    first = real[2].transactions[0]
    assert (first.type, first.amount, first.currency) == ("2", "50000000", "USD")
    assert first.day == first.value_day == date(2011, 2, 28)
    assert (first.provider.ref, first.receiver) == ("44001", None)
    assert all(money.day and money.currency for one in real for money in one.transactions)


def test_what_is_not_read_is_left_with_its_path():
    with REAL.open("rb") as file:
        total = Counter(path for one in read_activities(file) for path, _n, _value in one.left())
    assert total["location/location-reach/@code"] == 640
    assert total["transaction/flow-type/@code"] == 632
    assert total["result/@type"] == 251
    assert "transaction/value/@currency" not in total


def test_the_example_of_the_standard_is_read():
    with EXAMPLE.open("rb") as file:
        (one,) = read_activities(file)
    assert one.identifier == "AA-AAA-123456789-ABC123"
    assert one.titles == {
        "en": "Activity title",
        "fr": "Titre de l'activité",
        "es": "Título de la actividad",
    }
    codes = {(code.element, code.code, code.vocabulary_uri) for code in one.codes}
    assert ("other-identifier", "ABC123-XYZ", "AA-AAA-123456789") in codes
    assert {"recipient-region", "policy-marker", "default-aid-type"} <= {x[0] for x in codes}
    assert {text.type for text in one.descriptions} >= {"1", "2", "3"}
    assert all((one.related, one.documents[0].languages))


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03"])
def test_all_versions_of_two_are_read(version):
    (one,) = read(file_of("<iati-identifier> A-1 </iati-identifier>", version=version))
    assert one.identifier == "A-1"


@pytest.mark.parametrize("version", ["1.05", "3.01", "", "2.1"])
def test_other_versions_are_refused_in_words(version):
    with pytest.raises(UnreadableActivities, match=r"2\.01 to 2\.03"):
        read(file_of("", version=version))


def test_a_text_has_the_language_of_what_it_stands_in():
    narratives = '<narrative>a</narrative><narrative xml:lang="ru">б</narrative>'
    (one,) = read(file_of(f'<title xml:lang="FR">{narratives}</title>'))
    assert one.titles == {"FR": "a", "ru": "б"}


def test_a_day_that_is_none_is_named_and_not_invented():
    days = (("1", "2024-02-31"), ("2", "2024-02-01Z"))
    (one,) = read(file_of("".join(f'<activity-date type="{k}" iso-date="{d}"/>' for k, d in days)))
    assert one.dates == {"2": date(2024, 2, 1)}
    assert one.problems == ("activity-date/@iso-date: 2024-02-31",)


def test_amounts_keep_their_digits_and_take_the_currency_of_the_activity():
    money = (
        '<transaction><value value-date="2024-01-01"> 12345678901234567.890 </value></transaction>'
    )
    content = file_of(money).replace(b"<iati-activity>", b'<iati-activity default-currency="eur">')
    (one,) = read(content)
    assert (one.transactions[0].amount, one.transactions[0].currency) == (
        "12345678901234567.890",
        "EUR",
    )


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
UTF7 = b'<?xml version="1.0" encoding="UTF-7"?>' + file_of("")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB.encode() + file_of("<title><narrative>&b;</narrative></title>"), "DOCTYPE"),
        (OUTSIDE.encode() + file_of("<title><narrative>&a;</narrative></title>"), "DOCTYPE"),
        (b"<!DOCTYPE iati-activities>" + file_of(""), "DOCTYPE"),
        (("\ufeff" + BOMB + file_of("").decode()).encode("utf-16-le"), "DOCTYPE"),
        (UTF7, "UTF-7"),
        (b"", "no XML"),
        (b"code,title\r\n", "no XML"),
        (b"PK\x03\x04" * 100, "no XML"),
        (b"<html><body/></html>", "begins with <html>"),
        (b'<iati-organisations version="2.03"/>', "organisations"),
        (file_of("<a>" * 40 + "</a>" * 40), "too deep"),
        (file_of("<a>" * 200_000), "line 1"),
        (file_of("<title " + " ".join(f'a{n}=""' for n in range(60)) + "/>"), "attributes"),
        (file_of("<title>" + "x" * 1_000_001 + "</title>"), "million"),
        (file_of("&nothing;"), "line 1"),
        (b" " * 100_000, "no XML|line"),
    ],
)
def test_what_is_dangerous_or_no_activity_is_refused_in_words(content, said):
    with pytest.raises(UnreadableActivities, match=said):
        read(content)


def test_a_file_that_breaks_off_names_the_line():
    content = file_of("<title/>\n\n<title>").partition(b"<title>")[0]
    with pytest.raises(UnreadableActivities, match="line 3") as caught:
        read(content)
    assert caught.value.line == 3


def test_what_stands_before_a_broken_line_was_given():
    content = file_of("<title/>" * 40_000, "</wrong>")
    activities = read_activities(io.BytesIO(content))
    next(activities)
    with pytest.raises(UnreadableActivities, match="broken in line 1"):
        next(activities)


class Endless:
    """A file of `size` bytes that repeats the same activities and is nowhere as a whole."""

    def __init__(self, size):
        body = REAL.read_bytes()
        start = body.index(b"<iati-activity ")
        self.rest, self.size = body[:start], size
        self.body = body[start : body.rindex(b"</iati-activities>")]

    def read(self, number):
        if len(self.rest) < number and self.size > 0:
            self.rest += self.body
            self.size -= len(self.body)
            if self.size <= 0:
                self.rest += b"</iati-activities>"
        part, self.rest = self.rest[:number], self.rest[number:]
        return part


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def test_a_hundred_megabytes_take_no_more_memory_than_ten():
    number, after_ten, most = 0, 0, 0
    for _one in read_activities(Endless(100_000_000)):
        number += 1
        if number == 110:  # some ten megabytes
            after_ten = resident()
        most = max(most, resident())
    assert number > 1000
    assert most - after_ten < 24 * 2**20


def test_an_activity_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr(stream, "MOST_BYTES", 2**20)
    with pytest.raises(UnreadableActivities, match="larger than"):
        read(file_of("<a/>" * 600_000))


def test_no_python_objects_stay_behind():
    tracemalloc.start()
    found = sum(1 for _one in read_activities(Endless(3_000_000)))
    now, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    assert now < 2**21
