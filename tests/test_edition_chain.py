"""The chain as a stranger computes it: from the words of the standard and nothing of ours."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from initiatives.editions import chain

pytestmark = pytest.mark.once
MOMENT = datetime(2025, 6, 30, 12, 0, 0, 1, tzinfo=UTC)


def edition(body="{}", number=1):
    return SimpleNamespace(
        kind="initiative",
        key="CI-2025-0001",
        number=number,
        since=MOMENT,
        state="published",
        body=body,
    )


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_before_the_first_line_stand_as_many_zeros_as_a_digest_has_digits():
    assert chain.BEGINNING == "0000000000000000000000000000000000000000000000000000000000000000"
    assert len(chain.BEGINNING) == len(chain.sha256("")) == 64


def test_a_digest_is_that_of_the_bytes_of_utf_8():
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4
    assert chain.sha256("abc") == chain.sha256(b"abc") == known
    assert chain.sha256("мост") == sha("мост")


def test_an_instant_is_written_in_utc_with_microseconds():
    assert chain.instant(MOMENT) == "2025-06-30T12:00:00.000001Z"
    there = MOMENT.astimezone(timezone(timedelta(hours=5)))
    assert chain.instant(there) == "2025-06-30T12:00:00.000001Z"


def test_lines_are_digested_with_the_digest_before_and_get_their_places():
    first, second = edition('{"a":1}'), edition('{"a":2}', number=2)
    placed = chain.appended([first, second], position=6, digest="before", batch=7)
    assert placed == [first, second]
    assert [(one.position, one.batch) for one in placed] == [(7, 7), (8, 7)]
    assert [one.body_digest for one in placed] == [sha('{"a":1}'), sha('{"a":2}')]
    of = "initiative\nCI-2025-0001\n{}\n2025-06-30T12:00:00.000001Z\npublished\n{}\n"
    assert first.digest == sha("before\n" + of.format(1, first.body_digest))
    assert second.digest == sha(f"{first.digest}\n" + of.format(2, second.body_digest))


def test_nothing_is_appended_of_nothing():
    assert chain.appended([], position=6, digest="before", batch=7) == []
