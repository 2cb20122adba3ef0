"""What the three-way view tells, in words: of each row, and of each field in it."""

from dataclasses import dataclass, field

CONFLICT, THEIRS = "conflict", "theirs"


@dataclass
class Difference:
    """A field that got another value since the form was opened; the values are words.

    `before` is None where it is not known. `anchor` is the id of the input, `choice` the name
    under which “take theirs” is chosen and `choice_values` what theirs would be when sent.
    """

    label: str
    theirs: str
    mine: str = ""
    before: str | None = None
    kind: str = THEIRS
    change: object = None
    anchor: str = ""
    choice: str = ""
    choice_values: str = ""


@dataclass
class RowView:
    """What is to be told of one row, or of what stands for one that is gone.

    `values` are pairs of label and words, `mine` the labels of what I changed alone.
    """

    row: object
    note: str = ""
    differences: list[Difference] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    change: object = None

    @property
    def title(self) -> str:
        return str(self.row)

    @property
    def conflicts(self) -> list[Difference]:
        return [each for each in self.differences if each.kind == CONFLICT]

    def __bool__(self) -> bool:
        return bool(self.note or self.differences or self.mine)
