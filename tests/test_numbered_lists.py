"""A list that is pasted from a protocol becomes points, and not one of its words is lost."""

import pytest

from initiatives.desk.forms.session.numbered_list import read_points

pytestmark = pytest.mark.once


def read(text):
    return read_points(text, lambda words: words.split()[0].strip(".,"))


def numbers(text):
    return [point.number for point in read(text)]


def test_a_point_goes_on_over_lines_until_the_next_number():
    text = "1. Start the study\nof the station.\n\n2. Approve the route."
    points = read(text)
    assert [point.text for point in points] == [
        "Start the study\nof the station.",
        "Approve the route.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. One\n2. Two",
        "1) One\n2) Two",
        "  1 One\n  2 Two",
        "Point 1. One\nPoint 2. Two",
        "п. 1. One\nп. 2. Two",
        "№ 1. One\r\n№ 2. Two",
        "1-band. One\n2-band. Two",
        "1-тармақ. One\n2-тармақ. Two",
        "1.One\n2.Two",
    ],
)
def test_numbers_are_read_as_protocols_write_them(text):
    assert [(point.number, point.text) for point in read(text)] == [("1", "One"), ("2", "Two")]


def test_numbers_below_numbers_are_points_of_their_own():
    assert numbers("1. Energy\n1.1. Build\n1.2 Repair\n2. Water\n2.1 Measure") == [
        "1",
        "1.1",
        "1.2",
        "2",
        "2.1",
    ]


def test_points_may_be_left_out_of_the_list():
    assert numbers("3. Build\n5. Repair\n9. Measure") == ["3", "5", "9"]


@pytest.mark.parametrize(
    "line", ["12. декабря 2026 года", "1.5 million dollars", "15 km of road", "2027. года"]
)
def test_a_line_that_begins_with_a_figure_may_go_on_with_the_point(line):
    points = read(f"1. Pay until\n{line}\n2. Build")
    assert [point.number for point in points] == ["1", "2"]
    assert points[0].text.endswith(line)


def test_what_stands_before_the_first_number_is_kept():
    assert [(p.number, p.text) for p in read("The sides agreed:\n1. Build")] == [
        ("", "The sides agreed:"),
        ("1", "Build"),
    ]


def test_a_list_without_numbers_has_a_point_for_each_line():
    assert [point.text for point in read("Build\n\nRepair")] == ["Build", "Repair"]
    assert [point.text for point in read("– Build\nthe road\n– Repair")] == [
        "Build\nthe road",
        "Repair",
    ]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Build. Term: first quarter of 2027.", "2027-Q1"),
        ("Build. Deadline: 14 May 2027", "2027-05-14"),
        ("Построить. Срок: до 1 марта 2027 года.", "2027-03-01"),
        ("Построить до конца работ. Срок исполнения – II квартал 2027 г.", "2027-Q2"),
        ("Build by 31 December 2026; report.", "2026-12-31"),
        ("Muddati: 2027-yil may", "2027-05"),
        ("Мерзімі: 2027 жыл", "2027"),
        ("Term: December 2026\nof the old style", "2026-12"),
        ("Build by the river", ""),
        ("Build within a term of two years", ""),
    ],
)
def test_the_deadline_is_read_and_stays_in_the_text(text, deadline):
    (point,) = read(f"1. {text}")
    assert (point.deadline, point.text) == (deadline, text)


@pytest.mark.parametrize(
    "text",
    [
        "Build. Responsible: Kazakhstan. Term: 2027",
        "Ответственная сторона – Kazakhstan",
        "x\nMas'ul: Kazakhstan",
        "Stop until funds are there. Responsible: Kazakhstan",
    ],
)
def test_the_responsible_side_is_read(text):
    assert read(f"1. {text}")[0].side == "Kazakhstan"


@pytest.mark.parametrize("sides", ["Kazakhstan, Uzbekistan", "Uzbekistan and Kazakhstan"])
def test_of_several_responsible_sides_none_is_taken_for_all(sides):
    assert read(f"1. Build. Responsible: {sides}. Term: 2027")[0].side == ""


@pytest.mark.parametrize(
    "text", ["", " \n\t", "1.", "\0", "1. " * 3000, "9" * 5000, "1.1.1.1.1. x"]
)
def test_no_text_makes_it_fail_or_lose_words(text):
    kept = "".join(point.number + point.text for point in read(text))
    for word in text.replace("1.", "").split():
        assert word in kept
