"""The words of all editions, in which those that a query word finds are looked up."""

from collections.abc import Iterable, Iterator

from initiatives.text.endings import beginnings, is_form_of
from initiatives.text.search_terms import is_beginning, stands_in


class Vocabulary:
    """The words stand in one text, each in a line of its own: a million of them take 10 MB, and
    reading through the text takes milliseconds."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._text = "\n"
        self.add(terms)

    def add(self, terms: Iterable[str]) -> None:
        """Words that are not in it yet."""
        self._text += "".join(f"{term}\n" for term in terms)

    def found_by(self, word: str) -> list[str]:
        """The words that `word` finds, which is not empty, as `stands_in` has it; and its other
        forms."""
        part = f"\n{word}" if is_beginning(word) else word
        holding = dict.fromkeys(_words_with(self._text, part))
        return list(holding | dict.fromkeys(_forms(self._text, word)))

    def all(self) -> list[str]:
        return self._text.split()


def finds(word: str, terms: str) -> bool:
    """Whether a query word finds one of the terms: lines between two ends of lines."""
    return stands_in(word, terms, "\n") or any(True for _form in _forms(terms, word))


def in_lines(words: str) -> str:
    """Words between blanks as `finds` takes them."""
    return f"\n{words.replace(' ', chr(10))}\n"


def _forms(text: str, word: str) -> Iterator[str]:
    for first in beginnings(word):
        for found in _words_with(text, f"\n{first}"):
            if is_form_of(word, found):
                yield found


def _words_with(text: str, part: str) -> Iterator[str]:
    """The lines in which `part` stands; the text begins and ends with an end of a line."""
    place = text.find(part)
    while place >= 0:
        start = text.rfind("\n", 0, place + 1) + 1
        end = text.find("\n", start)
        yield text[start:end]
        place = text.find(part, end)
