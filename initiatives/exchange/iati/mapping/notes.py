"""What is said of an activity beside its cells: what was read otherwise, folded or left."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

_SHOWN = 20  # values of one kind; the others are counted
_LONGEST = 200  # characters of a value that a note repeats; it says how many there are


class Notes:
    """Notes in their order; those of one kind are put together."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, said: str, value: str = "") -> None:
        """`said` once, followed by all the values that were added with it."""
        self._found[said]
        if value:
            self._found[said][value] += 1

    def told(self) -> tuple[str, ...]:
        return tuple(
            f"{said} {listed(values.items())}" if values else said
            for said, values in self._found.items()
        )


def listed(values: Iterable[tuple[str, int]]) -> str:
    """Values, each with how often it stands there if that is not once."""
    values = list(values)
    shown = [f"{short(text)} (×{times})" if times > 1 else short(text) for text, times in values]
    rest = sum(times for _text, times in values[_SHOWN:])
    more = [_("and %d more") % rest] if rest else []
    return "; ".join([*shown[:_SHOWN], *more])


def short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    told = {"text": text[:_LONGEST], "length": len(text)}
    return _("%(text)s… (%(length)d characters in all)") % told
