"""The words of all editions, in which those that hold a query word are looked up."""

from collections.abc import Iterable


class Vocabulary:
    """The words stand in one text, each in a line of its own: a million of them take 10 MB, and
    reading through the text takes milliseconds."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._text = "\n"
        self.add(terms)

    def add(self, terms: Iterable[str]) -> None:
        """Words that are not in it yet."""
        self._text += "".join(f"{term}\n" for term in terms)

    def holding(self, part: str) -> list[str]:
        """The words in which `part`, which is not empty, stands anywhere."""
        found, text = [], self._text
        place = text.find(part)
        while place >= 0:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            found.append(text[start:end])
            place = text.find(part, end)
        return found

    def all(self) -> list[str]:
        return self._text.split()
