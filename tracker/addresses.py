"""What addresses in the environment have in common: options that are known, and the cure.

No message repeats an address, since there may be a password in it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from urllib.parse import parse_qsl

from django.core.exceptions import ImproperlyConfigured


class WrongAddress(ValueError):
    """Its text goes on from the name of the variable."""


@contextmanager
def variable(name: str) -> Iterator[None]:
    """A wrong address inside stops the start with ImproperlyConfigured that names the variable."""
    try:
        yield
    except WrongAddress as wrong:
        reason = str(wrong)
        text = f"{name} {reason}{'' if reason.endswith('?') else '.'}"
        raise ImproperlyConfigured(text) from None


def options_of(
    query: str,
    known: Iterable[str],
    *,
    also: tuple[str, str] | None = None,
    cure: Callable[[str], str] = lambda name: "",
) -> dict[str, str]:
    """The options of a query string; one that is unknown, repeated or empty is wrong.

    `also` is one more that is known with one value only. `cure` may have a better advice than the
    nearest name.
    """
    pairs, known = parse_qsl(query, keep_blank_values=True), list(known)
    for number, (name, value) in enumerate(pairs):
        if name not in known and (name, value) != also:
            advice = cure(name) or _nearest(name, known)
            raise WrongAddress(f"has an option that is not known, {name[:40]!r}. {advice}")
        if not value.strip():
            raise WrongAddress(
                f"has the option {name!r} without a value; write {name}=… or remove it"
            )
        if name in dict(pairs[:number]):
            raise WrongAddress(f"has the option {name!r} more than once; write it once")
    return dict(pairs)


def seconds(text: str, name: str, *, whole: bool = False) -> float:
    """The value of the option `name`, above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < 10**6 or (whole and not text.isdecimal()):
        raise WrongAddress(f"has {name}={text[:40]!r}, which is no number of seconds above 0")
    return int(number) if number == int(number) else number


def one_of(text: str, name: str, known: Iterable[str]) -> str:
    """The value of the option `name`, which is one of a few words."""
    known = list(known)
    if text not in known:
        near = get_close_matches(text, known, 1) or [", ".join(known)]
        raise WrongAddress(f"has {name}={text[:40]!r}, which is none. Did you mean {near[0]}?")
    return text


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name.lower(), known, 1)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"The options are: {', '.join(known)}"
