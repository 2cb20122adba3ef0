"""Answers that are found once for as long as the register, its checks and its events stay as they
are: figures over all records take the longer the more there are, and readers ask for the same."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

_ANSWERS = 2_000


class _Remembering(Protocol):
    """What has answers: `memo` are those that are known, `memo_key` says of what."""

    @property
    def memo(self) -> dict[Hashable, object]: ...

    @property
    def memo_key(self) -> Hashable | None: ...


Asked = TypeVar("Asked", bound=_Remembering)
Args = ParamSpec("Args")
Answer = TypeVar("Answer")


class Memo:
    """Answers of one state of the register by what was asked. Of too many all are forgotten."""

    def __init__(self) -> None:
        self._state: Hashable = None
        self._answers: dict[Hashable, object] = {}

    def of(self, state: Hashable) -> dict[Hashable, object]:
        """The answers known in this state; those of an earlier one are gone."""
        if state != self._state or len(self._answers) > _ANSWERS:
            self._state, self._answers = state, {}
        return self._answers

    def forget(self) -> None:
        self._state, self._answers = None, {}


def memoised(
    method: Callable[Concatenate[Asked, Args], Answer],
) -> Callable[Concatenate[Asked, Args], Answer]:
    """A method of what has `memo_key`, whose arguments are plain values.

    The answer is shared by all who ask, so none of them may change it. What has no key is not
    asked for twice and is found anew.
    """
    name = method.__qualname__

    @wraps(method)
    def answered(self: Asked, *args: Args.args, **kwargs: Args.kwargs) -> Answer:
        key = self.memo_key
        if key is None:
            return method(self, *args, **kwargs)
        asked = (name, key, args, tuple(sorted(kwargs.items())))
        answers = self.memo
        if asked not in answers:
            answers[asked] = method(self, *args, **kwargs)
        return cast(Answer, answers[asked])

    return answered  # type: ignore[return-value]  # `wraps` gives what may be called alike
