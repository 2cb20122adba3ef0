"""Which tests run which functions of a module: no other test can notice that one has changed."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import CodeType, FrameType


class Reached:
    """The tests that reach each function of the module in `file`."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._tests: defaultdict[CodeType, set[str]] = defaultdict(set)

    @contextmanager
    def by(self, test: str) -> Iterator[None]:
        """Notes what is called in this thread while `test` runs."""
        codes: dict[int, CodeType] = {}  # code is slow to compare, and most of it is met often

        def note(frame: FrameType, event: str, _argument: object) -> None:
            if event == "call" and frame.f_code.co_filename == self._file:
                codes[id(frame.f_code)] = frame.f_code

        try:
            with _watched(note):
                yield
        finally:
            for code in codes.values():
                self._tests[code].add(test)

    def tests_of(self, codes: Iterable[CodeType]) -> set[str]:
        """The names of the tests that reach one of these functions."""
        return {test for code in codes for test in self._tests.get(code, ())}


def unwatched() -> AbstractContextManager[None]:
    """Notes nothing of what is called within."""
    return _watched(None)


@contextmanager
def _watched(note: Callable[[FrameType, str, object], None] | None) -> Iterator[None]:
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)
