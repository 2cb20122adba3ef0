"""Putting a mutant into a program that runs already: the code of its functions is exchanged.

To start the program anew for each mutant takes longer than most of its tests. What runs only while
a module is imported cannot be exchanged so.
"""

import gc
from collections.abc import Container, Iterator, Sequence
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType

_Pair = tuple[CodeType, CodeType]


class NotInFunctions(Exception):
    """The change is in what an import runs, so the program has to start anew."""


def differences(source: str, other: str, file: str) -> list[_Pair]:
    """The functions of the module in `file` that are not the same in `source` and in `other`.

    Raises NotInFunctions where that is not all that differs.
    """
    before, after = (compile(text, file, "exec") for text in (source, other))
    pairs = list(_different(before, after))
    if not pairs:
        raise NotInFunctions
    return pairs


def functions_in(files: Container[str]) -> list[FunctionType]:
    """All functions of the modules in `files` that there are. To look for them takes long."""
    gc.unfreeze()  # the collector does not show what it has put aside
    # By `type`, since `isinstance` wakes objects that are lazy.
    found = [
        each
        for each in gc.get_objects()
        if type(each) is FunctionType and each.__code__.co_filename in files
    ]
    gc.freeze()  # else the collector of each fork goes through all, and the fork copies it
    return found


def exchange(pairs: Sequence[_Pair], functions: Sequence[FunctionType]) -> None:
    """Let those of `functions` that are the first ones of these `differences` run as the second.

    Raises NotInFunctions, with nothing done, where that cannot be.
    """
    found = [
        (each, new)
        for old, new in pairs
        for each in functions
        if each.__code__ == old and each.__code__.co_filename == old.co_filename
    ]
    if not found or any(_free(each.__code__) != _free(new) for each, new in found):
        raise NotInFunctions
    for function, new in found:
        function.__code__ = new


def _free(code: CodeType) -> int:
    return len(code.co_freevars)


def _different(before: CodeType, after: CodeType) -> Iterator[_Pair]:
    """The functions in modules and classes that differ; those in functions differ with these."""
    if _plain(before) != _plain(after):
        raise NotInFunctions
    for old, new in zip(_parts(before), _parts(after), strict=True):
        if old.co_flags & CO_OPTIMIZED:  # a function, and no body of a class
            if old != new:
                yield old, new
        else:
            yield from _different(old, new)


def _parts(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _plain(code: CodeType) -> tuple:
    """What the code does itself, but for the functions that it defines."""
    consts = [None if isinstance(one, CodeType) else (type(one), one) for one in code.co_consts]
    return code.co_code, code.co_names, code.co_name, consts
