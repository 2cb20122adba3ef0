"""What each row of the first data claims, and the words of its source that carry the claim."""

import re

import pytest

from initiatives import models
from initiatives.lifecycle import Status
from tests.listing import figures
from tests.test_first_data import LANGUAGES, ROWS, load, rows_of

pytestmark = pytest.mark.once

# What each paragraph of the source speaks of.
SPEAKS_OF = {
    "P2": "trade industry logistics agriculture tourism education culture",
    "P3": "trade industry energy",
    "P4": "logistics",
    "P5": "agriculture mining",
    "P6": "tourism culture",
    "P7": "education culture",
    "P8": "trade industry education energy humanitarian",
    "P9": "trade industry infrastructure education culture agriculture tourism logistics",
    "P10": "politics trade industry education culture logistics agriculture energy",
    "P11": "tourism culture",
}
# The sectors of each initiative, the main one first.
SECTORS = {
    1: "politics trade industry logistics agriculture tourism education culture energy "
    "infrastructure",
    2: "politics trade industry education culture agriculture tourism logistics",
    3: "trade industry infrastructure education energy humanitarian",
    4: "trade industry",
    5: "trade industry education energy humanitarian",
    6: "trade industry education energy humanitarian",
    7: "industry trade",
    8: "trade",
    9: "energy industry",
    10: "energy industry",
    11: "energy logistics agriculture",
    12: "logistics",
    13: "logistics",
    14: "infrastructure",
    15: "agriculture",
    16: "agriculture mining",
    17: "agriculture",
    18: "mining",
    19: "agriculture mining",
    20: "education",
    21: "culture",
    22: "tourism culture",
    23: "humanitarian",
}
PARENTS = {9: 10, 13: 12, 17: 16, 18: 16}
REVIEWED = {"presidents-talks": {1, 2, 20}}
MENTIONED = {
    "presidents-talks": {21},
    "eu-central-asia-summit-2025": {22},
    "new-development-bank-accession": {16, 17, 18, 19},
    "c5k-summit": {3, 5, 6, 7, 8, 10, 20, 23},
}
# Paragraphs of a status and what is quoted from them.
STATUSES = {
    1: ("P2", "are bolstering their relationship"),
    2: ("P9, P10", "forming a new agenda for practical bilateral cooperation"),
    3: ("P8", "Future plans for the relationship include"),
    4: ("P3", "are fostering economic ties through joint ventures and intergovernmental"),
    5: ("P8", "Future plans for the relationship include"),
    6: ("P8", "further evidence plans to deepen ties"),
    7: ("P3, P8", "are fostering economic ties through joint ventures"),
    8: ("P3", "aim to boost trade volumes"),
    9: ("P3", "trilateral development project aims to"),
    10: ("P3, P8", "industrial projects, including energy sector collaboration"),
    11: ("P10", "potential trilateral projects"),
    12: ("P4", "fostering growing cooperation in logistics"),
    13: ("P4", "ongoing trilateral and regional summits"),
    14: ("P9", "poised for dynamic growth"),
    15: ("P2, P9, P10", "could lead to collaborative projects"),
    16: ("P5", "accession to the BRICS New Development Bank includes projects"),
    17: ("P5", "accession to the BRICS New Development Bank includes projects"),
    18: ("P5", "accession to the BRICS New Development Bank includes projects"),
    19: ("P5", "open up potential cooperation opportunities"),
    20: ("P7", "are fostering human capital development through joint programs"),
    21: ("P7", "These efforts aim to deepen educational cooperation and strengthen cultural"),
    22: ("P6, P11", "potential cooperation with Kazakhstan in tourism and cultural exchange"),
    23: ("P8", "plans to deepen ties in multiple sectors"),
}
TITLES = {  # of the statuses, as the reasons begin with them
    Status.PLANNED: ("Planned: ", "Запланирована: ", "Rejalashtirilgan: ", "Жоспарланған: "),
    Status.IN_PROGRESS: (
        "In progress: ",
        "Выполняется: ",
        "Amalga oshirilmoqda: ",
        "Іске асырылуда: ",
    ),
}
TEXTS = ("summary", "description", "reason", "outcome", "decision", "note")


def number(fields):
    """The last part of the code of the initiative to which a row belongs."""
    return int(fields["initiative"][0].rpartition("-")[2])


def citations(name):
    """The citations of one kind of claim, with the natural key of the claim."""
    return {tuple(row[name]): row for row in rows_of("citation") if name in row}


def test_sectors_are_those_of_the_paragraphs_that_an_initiative_cites():
    found = {}
    for row in sorted(rows_of("initiativesector"), key=lambda row: not row["is_main"]):
        found.setdefault(number(row), []).append(row["sector"][0])
    assert {key: " ".join(slugs) for key, slugs in found.items()} == SECTORS
    for (code,), citation in citations("initiative").items():
        carried = {
            slug for one in citation["locator"].split(", ") for slug in SPEAKS_OF[one].split()
        }
        assert set(SECTORS[int(code[-4:])].split()) <= carried, code


def test_the_narrower_is_a_part_of_the_wider():
    rows = rows_of("initiative")
    found = {row["code"]: row["parent"][0] for row in rows if row.get("parent")}
    assert found == {f"CI-2025-{part:04}": f"CI-2025-{PARENTS[part]:04}" for part in PARENTS}


def test_events_are_related_no_closer_than_the_source_relates_them():
    found = {"reviewed": {}, "mentioned": {}}
    for row in rows_of("initiativeevent"):
        found[row["relation"]].setdefault(row["event"][0], set()).add(number(row))
    assert found == {"reviewed": REVIEWED, "mentioned": MENTIONED}


def test_each_status_has_its_paragraphs_and_its_words():
    found = citations("status_change")
    assert {int(key[0][-4:]): row["locator"] for key, row in found.items()} == {
        key: locator for key, (locator, _words) in STATUSES.items()
    }
    for key, row in found.items():
        assert STATUSES[int(key[0][-4:])][1] in row["quote"], key


def test_every_citation_quotes_words_and_no_whole_sentence():
    for row in rows_of("citation"):
        passages = row["quote"].splitlines()
        assert passages, row
        assert not [one for one in passages if one.endswith(".") or len(one) > 120], row


def test_the_money_is_quoted_as_the_source_says_it():
    (row,) = citations("funding").values()
    assert row["quote"] == (
        "projects worth $5 billion for modernization of irrigation systems and mining development"
    )


def test_a_reason_begins_with_its_status_in_the_language_of_the_reader():
    for row in rows_of("statuschange"):
        for language, title in zip(LANGUAGES, TITLES[row["to_status"]], strict=True):
            assert row[f"reason_{language}"].startswith(title), row


def test_texts_speak_to_citizens_and_not_in_numbers_of_paragraphs():
    for row in ROWS:
        for name, text in row["fields"].items():
            if name.rpartition("_")[0] in TEXTS:
                assert not re.search(r"\bP\d", text), text


def test_both_readings_of_the_joint_ventures_are_told():
    (reason,) = (row["reason_en"] for row in rows_of("statuschange") if number(row) == 7)
    assert "already build economic ties through joint ventures" in reason
    assert "among the plans for the future" in reason


@pytest.mark.django_db
def test_no_event_without_date_and_state_is_next():
    load()
    with figures(day=models.Event.objects.first().created_at.date()) as found:
        assert found.next_events(9, everywhere=True) == ["c5k-summit"]
        assert found.open_events(9, everywhere=True) == ["new-development-bank-accession"]


def test_only_the_logistics_are_said_to_be_without_projects_since_only_there_the_source_says_so():
    found = {
        row["code"]: row["nothing_stated"]
        for row in rows_of(
            "initiative",
        )
        if row.get("nothing_stated")
    }
    assert found == {"CI-2025-0012": "milestones"}
    assert (
        "explicit logistics projects were not detailed"
        in citations("initiative")[("CI-2025-0012",)]["quote"]
    )
