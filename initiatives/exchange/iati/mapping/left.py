"""What nobody took of an activity, in words: each path with its values, so nothing is silent."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from initiatives.exchange.iati.mapping.notes import listed

_FEW = 5  # transactions that are told by their number


def tell_left(
    left: Iterable[tuple[str, str, str]], references: dict[str, str]
) -> tuple[list[str], Counter]:
    """The notes, one for each kind of element, and how often each kind was left; in transactions
    the kinds of their parts.

    `references` are the names of the transactions by their numbers.
    """
    found: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for path, place, value in left:
        top, _sign, rest = path.partition("/")
        found[top][rest].append((place, value))
    paths: Counter[str] = Counter()
    notes = []
    for top, parts in found.items():
        for rest, values in parts.items():
            kind = f"{top}/{rest.partition('/')[0]}" if top == "transaction" else top
            paths[kind] = max(paths[kind], len(values))
        words = [_part(rest, values, references) for rest, values in parts.items()]
        told = {"what": " · ".join([" ".join([top, *words[:1]]).strip(), *words[1:]])}
        notes.append(_("Not taken over: %(what)s") % told)
    return notes, paths


def _part(rest: str, values: list[tuple[str, str]], references: dict[str, str]) -> str:
    many = len({place for place, _value in values}) > _FEW
    texts = Counter(
        f"{value} ({references.get(place, place)})" if place and not many else value
        for place, value in values
    )
    told = listed((text, times) for text, times in texts.items() if text)
    empty = f" ×{texts['']}" if texts.get("", 0) > 1 else ""
    return " ".join(filter(None, [rest, told])) + empty
