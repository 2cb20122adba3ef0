"""What of an activity was taken over. What was not is told, so nothing is lost in silence.

Whoever uses an attribute or a text takes it; nobody keeps a list of what is read.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from lxml import etree
from lxml.etree import _Element

from initiatives.text.plain_text import clean

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TEXT = ""  # the text of an element, beside the names of its attributes


class Taken:
    """The attributes and texts of one activity that were used."""

    def __init__(self, activity: _Element) -> None:
        self._activity = activity
        self._names: defaultdict[object, set[str]] = defaultdict(set)

    def take(self, element: _Element, name: str = TEXT) -> None:
        self._names[element].add(name)

    def leave(self, element: _Element, name: str | None = None) -> None:
        """Neither the attribute `name`, nor by default anything of `element`, is used after all."""
        if name is not None:
            self._names[element].discard(name)
            return
        for part in element.iter(etree.Element):
            self._names.pop(part, None)

    def leaver(self, element: _Element, name: str | None = None) -> partial:
        return partial(self.leave, element, name)

    def left(self) -> Iterator[tuple[str, str, str]]:
        """Path, place and value of all that was not used, in the order of the file.

        The place is the number of the transaction in which it stands, if it stands in one. An
        element that holds nothing is told by its path alone.
        """
        yield from self._attributes(self._activity, "", "")
        numbers: dict[str, int] = defaultdict(int)
        for child in self._activity.iterchildren(etree.Element):
            name = _name(child.tag)
            numbers[name] += 1
            place = str(numbers[name]) if name == "transaction" else ""
            yield from self._in(child, name, place)

    def _in(self, element: _Element, path: str, place: str) -> Iterator[tuple[str, str, str]]:
        waiting = [(element, path)]
        while waiting:
            one, path = waiting.pop()
            yield from self._attributes(one, f"{path}/", place)
            text = clean(_own_text(one)).strip()
            children = list(one.iterchildren(etree.Element))
            if TEXT not in self._names.get(one, ()):
                if text:
                    yield f"{path}{_language(one)}", place, text
                elif not children and not one.attrib:
                    yield path, place, ""
            waiting += [(child, f"{path}/{_name(child.tag)}") for child in reversed(children)]

    def _attributes(
        self, element: _Element, path: str, place: str
    ) -> Iterator[tuple[str, str, str]]:
        taken = self._names.get(element, ())
        for key, value in element.attrib.items():
            if key not in taken and not (key == LANG and TEXT in taken):
                yield f"{path}@{_name(key)}", place, clean(value).strip()


def _own_text(element: _Element) -> str:
    """With what stands behind the elements in it."""
    return "".join([element.text or "", *(child.tail or "" for child in element)])


def _language(element: _Element) -> str:
    return f" ({clean(element.get(LANG))})" if element.get(LANG) else ""


def _name(tag: str) -> str:
    """`tag` as it is shown; names of other namespaces keep theirs in braces."""
    return "xml:lang" if tag == LANG else tag
