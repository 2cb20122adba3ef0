"""`make mutants`: which small faults no test would find. See `mutants`."""

import argparse
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from mutants.jobs import KILLED, TOO_LONG
from mutants.operators import Mutant, mutants_of
from mutants.scope import modules, narrow_tests
from mutants.trials import BaselineFails, Tree

ROOT = Path(__file__).resolve().parent.parent
_ONLY = "modules whose path has this text, or places, as in totals.py:40: (may be given often)"


class Place(NamedTuple):
    module: str
    mutant: Mutant

    def __str__(self) -> str:
        return f"{self.module}:{self.mutant.line}: {self.mutant.change}"


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    places = _sampled(list(_places(options.only)), options.sample, options.seed)
    if options.list:
        print(*places, sep="\n")
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends what was started, too
    survivors: list[Place] = []
    tried: Counter[bool] = Counter()
    try:
        with tempfile.TemporaryDirectory(prefix="mutants-") as directory:
            for place, survives in _tried(Tree(ROOT, Path(directory) / "tree"), places):
                tried[survives] += 1
                survivors += [place] * survives
    except KeyboardInterrupt:
        print("Stopped.")
    except BaselineFails as failed:
        print(failed, "The tests fail on the code as it is; mend that first.", sep="\n")
        return 1
    _report(survivors, tried.total())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--sample", type=int, help="so many mutants, chosen at random; else all")
    parser.add_argument("--seed", type=int, default=1, help="the same seed chooses the same ones")
    parser.add_argument("--only", action="append", default=[], help=_ONLY)
    parser.add_argument("--list", action="store_true", help="say which would be tried, try none")
    return parser


def _places(only: Sequence[str]) -> Iterator[Place]:
    """All places; or those of which one of the texts `only` is in how they are told."""
    for module in modules(ROOT):
        if not only or any(text.partition(":")[0] in module for text in only):
            source = (ROOT / module).read_text()
            places = (Place(module, mutant) for mutant in mutants_of(source))
            yield from (each for each in places if not only or any(t in str(each) for t in only))


def _sampled(places: list[Place], number: int | None, seed: int) -> list[Place]:
    """So many of the places, in their order."""
    if number is None or number >= len(places):
        return places
    chosen = random.Random(seed).sample(range(len(places)), number)
    return [places[one] for one in sorted(chosen)]


def _tried(tree: Tree, places: list[Place]) -> Iterator[tuple[Place, bool]]:
    """Each place with whether its mutant survives; progress is printed."""
    number = 0
    for tests, same in groupby(places, key=lambda place: narrow_tests(place.module)):
        for place, survives in _of_tests(tree, tests, list(same)):
            number += 1
            word = "SURVIVES" if survives else "killed"
            print(f"[{number}/{len(places)}] {word}: {place}", flush=True)
            yield place, survives


def _of_tests(tree: Tree, tests: list[str], places: list[Place]) -> Iterator[tuple[Place, bool]]:
    """First the mutants that a fork kills, then those that take a process of their own."""
    others = [place.mutant.applied((ROOT / place.module).read_text()) for place in places]
    modules_and_others = [
        (place.module, other) for place, other in zip(places, others, strict=True)
    ]
    results, left = tree.results(modules_and_others, tests), []
    took = float(next(results))
    print(f"{', '.join(tests)}: {took:.0f} s", flush=True)
    for place, other, result in zip(places, others, results, strict=True):
        if result in (KILLED, TOO_LONG):
            yield place, False
        else:
            left.append((place, other))
    for place, other in left:
        yield place, tree.survives(place.module, other, tests, took=took)


def _report(survivors: list[Place], tried: int) -> None:
    print(f"\n{len(survivors)} of {tried} mutants survive.")
    for place in survivors:
        print(f"  {place}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
