"""Promised dates that moved, for tests, and what the page and the table say of them."""

import csv
from datetime import UTC, datetime
from io import StringIO

from lxml import html

from tests import factories as make
from tests.stories import revise

TODAY = datetime(2026, 11, 29, 9, tzinfo=UTC)


def at(year, month=6, day=1, hour=9):
    return datetime(year, month, day, hour, tzinfo=UTC)


def move(initiative, old, new, on, **fields):
    name = "planned" if "milestone" in fields else "planned_end"
    return revise(initiative, name, old, new, recorded_at=on, **fields)


def make_moved():
    """Seven promised dates that moved, in four initiatives, and one that was only named."""
    long = make.make_initiative("CI-2025-0001", title_en="Dam", planned_end="2033")
    make.cite(move(long, "2028", "2031", at(2025), reason_en="Money"))
    move(long, "2031", "2033", at(2026), reason_en="Money again")
    step = make.make_milestone(long, "Tender", planned="2026-05")
    move(long, "2026-03-10", "2026-05", at(2026, 2), milestone=step)
    rail = make.make_initiative(
        "CI-2025-0002", parties=("KZ", "KG"), main_sector="transport", planned_end="2027-Q2"
    )
    move(rail, "2026-Q3", "2027-Q2", at(2026, 3), reason_ru="Паводок")
    early = make.make_milestone(rail, "Survey", planned="2026")
    move(rail, "2027-03", "2026", at(2026, 4), milestone=early)
    gone = make.make_initiative("CI-2025-0003", planned_end=None)
    move(gone, "2027", None, at(2026, 5), reason_en="Nobody knows")
    exact = make.make_initiative("CI-2025-0004", planned_end="2026-12")
    move(exact, "2026", "2026-12", at(2026, 5))
    named = make.make_milestone(exact, "First named", planned="2027")
    move(exact, None, "2027", at(2026, 5), milestone=named)
    revise(exact, "planned_start", "2024", "2025", recorded_at=at(2026, 5))
    return long


def tree(client, query="", language="en"):
    answer = client.get(f"/{language}/slipped/{query}")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def shown(page):
    """(code, months) of the rows, in their order."""
    return [
        (row.get("data-code"), int(row.get("data-months")))
        for row in page.cssselect(".slips [data-code]")
    ]


def number(page, name):
    return int(page.cssselect(f"[data-{name}]")[0].get(f"data-{name}"))


def words(part):
    return " ".join(part.text_content().split())


def rows(client, query=""):
    answer = client.get(f"/en/slipped.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))
