"""Which rows of a preview the officer chose.

A page shows some rows of many. What the boxes of the page say holds for the rows of that page;
every other row of the import is done or left as the choice for the whole says.
"""

from dataclasses import dataclass

from django.http import QueryDict

ALL, THESE = "all", "these"
SKIP, OVERWRITE = "skip", "overwrite"
_LONGEST = 9  # digits of the number of a row


@dataclass(frozen=True)
class Choice:
    """`boxes` are the rows that had a box, `ticked` those of them that were ticked. `again`
    confirms that a file which was applied makes its new records once more."""

    boxes: frozenset[int]
    ticked: frozenset[int]
    others: bool
    overwrite: bool
    again: bool

    @classmethod
    def of(cls, sent: QueryDict) -> "Choice":
        return cls(
            boxes=_numbers(sent.getlist("box")),
            ticked=_numbers(sent.getlist("row")),
            others=sent.get("others", ALL) != THESE,
            overwrite=sent.get("conflicts") == OVERWRITE,
            again=bool(sent.get("again")),
        )

    def is_chosen(self, number: int) -> bool:
        return number in self.ticked or (number not in self.boxes and self.others)

    def is_overwritten(self, number: int) -> bool:
        return self.overwrite


def _numbers(texts: list[str]) -> frozenset[int]:
    wanted = (text for text in texts if text.isascii() and text.isdecimal())
    return frozenset(int(text) for text in wanted if len(text) <= _LONGEST)
