"""When `make soak` calls a run a good one."""

import os
import random
import time

import pytest

from benchmarks.processor import Spent, spent
from benchmarks.soak import LEAST_LOOKS, MIX, Readers, told

pytestmark = pytest.mark.once
STEADY = [200_000_000] * LEAST_LOOKS


def readers(times, errors=()):
    made = Readers(0, [], rate=10, seconds=10)
    made.times, made.errors = times, [*errors]
    return made


@pytest.mark.parametrize(
    ("made", "seconds", "memory", "code"),
    [
        (readers([0.01] * 100), 10, STEADY, 0),
        (readers([0.01] * 100, ["/en/: 500"]), 10, STEADY, 1),
        (readers([0.01] * 90), 10, STEADY, 1),  # nine a second are not ten
        (readers([0.01] * 100), 10, [*STEADY[:-1], 221_000_000], 1),
        (readers([0.01] * 100), 10, [200_000_000, 300_000_000], 0),  # too short to tell
    ],
)
def test_failures_a_lower_rate_and_growing_memory_are_no_success(made, seconds, memory, code):
    assert told(made, seconds, 1, memory) == code


def test_the_figures_are_told(capsys):
    told(readers([number / 1000 for number in range(1, 102)]), 10.1, 7, STEADY)
    said = capsys.readouterr().out
    assert "101 answers, 10.0 a second, 0 failed; 7 saves" in said
    assert "half of them within 51 ms, p95 96 ms, p99 100 ms" in said


def test_the_mix_is_of_a_hundred_and_all_addresses_are_of_the_site():
    assert sum(weight for weight, _kind in MIX) == 100
    dice = random.Random(1)
    assert all(kind(dice, ["CI-2025-0001"]).startswith("/") for _weight, kind in MIX)


def test_the_share_of_the_processor_is_told():
    took = Spent(130.0, 500.0, 1000.0).since(Spent(100.0, 400.0, 700.0))
    assert took.told(1000) == (
        "processor: 30.0 ms an answer; the server had 10% of the machine, all others 23%"
    )


def test_what_a_process_takes_is_counted():
    before, end = spent(os.getpid(), set()), time.process_time() + 0.1
    while time.process_time() < end:
        pass
    took = spent(os.getpid(), set()).since(before)
    assert 0.05 <= took.server <= took.there
