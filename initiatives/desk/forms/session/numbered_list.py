"""A numbered list as it is pasted from a protocol, taken apart into its points.

Nothing is left out: each line belongs to a point, and a point keeps all its words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from initiatives.notation import NotRead, read_date
from initiatives.partial_dates import PartialDate

_NUMBERED = re.compile(
    r"""\s*(?:(?:points?|item|пункт|п\.|№|band|тармақ|т\.)\s*)?   # a word before the number
    (?P<number>\d{1,3}(?:\.\d{1,3}){0,3})
    (?:(?P<sign>[.):]|\.\))(?=\s|[^\W\d])|(?P<gap>\s+(?=[^\W\d_])))\s*(?P<text>.*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ORDINAL = re.compile(r"\s*(?P<number>\d{1,3})-(?:band|тармақ)\b[.):]?\s*(?P<text>.*)", re.DOTALL)
_BULLET = re.compile(r"\s*[-–—•*·▪]\s+(?P<text>\S.*)", re.DOTALL)
_SIDE = (
    r"responsible(?: side| party)?|ответственн\w+(?: сторона| исполнител\w+)?"
    r"|mas[ʼ'’ʻ`]?ul(?: tomon)?|жауапты(?: тарап)?"
)
_TERM = (
    r"term|deadline|due(?: date)?|by|until|no later than|срок(?: исполнения)?|до|не позднее"
    r"|muddat\w*|мерзім\w*"
)
_OF_SIDE = re.compile(rf"(?<!\w)(?:{_SIDE})\s*[:–—-]\s*([^;\n]+)", re.IGNORECASE)
_AND = re.compile(r"\s*,\s*|\s+(?:and|и|va|hamda|және|[мбп]ен)\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"\.\s")
_MOST_WORDS = 8  # of a date
_LONGEST_DATE = 200  # characters


@dataclass
class ReadPoint:
    """`text` is the point with all its words; `side` and `deadline` what was read out of it."""

    number: str
    text: str
    side: str = ""
    deadline: str = ""


def read_points(text: str, country_of: Callable[[str], str]) -> list[ReadPoint]:
    """The points of a pasted list. `country_of` gives the name of the country that words begin
    with, or nothing.

    What stands before the first number is a point without one. Where no line has a number, each
    line that is no continuation is a point.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    points = _by_numbers(lines) or _by_lines(lines)
    for point in points:
        point.text = point.text.strip()
        point.side, point.deadline = read_terms(point.text, country_of)
    return [point for point in points if point.text or point.number]


def _by_numbers(lines: list[str]) -> list[ReadPoint]:
    points: list[ReadPoint] = []
    last: tuple[int, ...] = ()
    for line in lines:
        found = _number_of(line, last)
        if found is not None:
            number, text = found
            last = tuple(map(int, number.split(".")))
            points.append(ReadPoint(number, text))
        elif points:
            points[-1].text += f"\n{line.strip()}"
        elif line.strip():
            points.append(ReadPoint("", line.strip()))
    return points if last else []


def _number_of(line: str, last: tuple[int, ...]) -> tuple[str, str] | None:
    """The number with which a new point begins and the rest of its line, or None.

    A line may begin with a figure that is none: “12. декабря”, “1.5 million”.
    """
    found = _ORDINAL.match(line) or _NUMBERED.match(line)
    if found is None:
        return None
    number, text = found["number"], found["text"]
    follows = _follows(tuple(map(int, number.split("."))), last)
    plain = "sign" in found.re.groupindex and found["sign"] is None
    if plain and not follows:
        return None
    if not follows and text[:1].islower():
        return None
    return number, text


def _follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether it is the next number of the list, or the first one below the last."""
    if not last:
        return number[-1] == 1
    nexts = {(*last[:depth], last[depth] + 1) for depth in range(len(last))}
    return number in nexts or number == (*last, 1)


def _by_lines(lines: list[str]) -> list[ReadPoint]:
    bullets = any(_BULLET.match(line) for line in lines)
    points: list[ReadPoint] = []
    for line in lines:
        bullet = _BULLET.match(line)
        if bullet is not None:
            points.append(ReadPoint("", bullet["text"]))
        elif bullets and points:
            points[-1].text += f"\n{line.strip()}"
        elif line.strip():
            points.append(ReadPoint("", line.strip()))
    return points


def read_terms(text: str, country_of: Callable[[str], str]) -> tuple[str, str]:
    """The side, where it is one, and the deadline that the point names."""
    side = deadline = ""
    for found in _OF_SIDE.finditer(text):
        side = side or _only_side(_SENTENCE.split(found[1])[0], country_of)
    for after in _labelled(text):
        day = _date_of(after)
        if day is not None:
            deadline = str(day)
    return side, deadline


def _only_side(named: str, country_of: Callable[[str], str]) -> str:
    """The side that is named; nothing where there are several, since a point has room for one."""
    first = country_of(named)
    others = {country_of(name) for name in _AND.split(named) if name.strip()} - {"", first}
    return "" if others else first


def _labelled(text: str) -> Iterator[str]:
    """What follows each word that announces a date; they may stand one inside the other."""
    for found in re.finditer(rf"(?<!\w)(?:{_TERM})(?:\s*[:–—-]|\s+)\s*", text, re.IGNORECASE):
        yield text[found.end() : found.end() + _LONGEST_DATE].split("\n")[0]


def _date_of(text: str) -> PartialDate | None:
    """The longest beginning of `text` that is a date."""
    if not any(map(str.isdecimal, text)):
        return None  # every date names a year
    words = text.split()[:_MOST_WORDS]
    for length in range(len(words), 0, -1):
        try:
            return read_date(" ".join(words[:length]).strip(" .,;:()"))
        except NotRead:
            continue
    return None
