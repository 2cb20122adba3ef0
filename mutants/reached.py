"""Which tests run which functions of modules: no other test can notice that one has changed."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import CodeType, FrameType


class Reached:
    """The tests that reach each function of the modules in `files`."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files = frozenset(files)
        self._tests: defaultdict[tuple[str, CodeType], set[str]] = defaultdict(set)

    @contextmanager
    def by(self, test: str) -> Iterator[None]:
        """Notes what is called in this thread while `test` runs."""
        codes: dict[int, CodeType] = {}  # code is slow to compare, and most of it is met often

        def note(frame: FrameType, event: str, _argument: object) -> None:
            if event == "call" and frame.f_code.co_filename in self._files:
                codes[id(frame.f_code)] = frame.f_code

        try:
            with _watched(note):
                yield
        finally:
            for code in codes.values():
                self._tests[_key(code)].add(test)

    def tests_of(self, codes: Iterable[CodeType]) -> set[str]:
        """The names of the tests that reach one of these functions."""
        return {test for code in codes for test in self._tests.get(_key(code), ())}


def _key(code: CodeType) -> tuple[str, CodeType]:
    """Functions of two files may be the same in all but these."""
    return code.co_filename, code


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
