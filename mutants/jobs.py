"""What a process with forks is to try, and the words in which it says what became of that."""

import json
from pathlib import Path

JOB = "MUTANTS_JOB"  # names a file in the environment: what to do, see `Job`
KILLED, SURVIVES, TOO_LONG, TO_BE_IMPORTED, TESTS_FAIL = (
    *("killed", "survives", "too long", "to be imported", "the tests fail"),
)


class Job:
    """`others` are the mutants: the file of a module with another source. To the file `results` a
    line is written for the tests without a mutant, and one for each mutant when it is known."""

    def __init__(self, path: str) -> None:
        job = json.loads(Path(path).read_text())
        self.others, self.longer, self.more = (job[name] for name in ("others", "longer", "more"))
        self.sources = {file: Path(file).read_text() for file, _other in self.others}
        self.results, self.failed = Path(job["results"]), Path(f"{path}.failed")

    def tell(self, result: str) -> None:
        with self.results.open("a") as results:
            results.write(f"{result}\n")
