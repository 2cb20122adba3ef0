"""Columns of the record itself."""

from initiatives.choices import Language
from initiatives.exchange.columns.column import Column, column_of, text_of
from initiatives.models import Initiative


def plain(name: str, width: int = 16) -> Column:
    """The field of this name."""
    field = Initiative._meta.get_field(name)
    return column_of(field, name, lambda row: text_of(getattr(row, name)), width=width)


def languages(name: str, width: int = 50) -> list[Column]:
    """A text in each language, `title_en`."""
    return [plain(f"{name}_{language}", width) for language in Language.values]


def label(name: str, width: int = 16) -> Column:
    """What the choice of the field `name` is called in the reader's language."""
    words = dict(Initiative._meta.get_field(name).flatchoices)

    def write(row) -> str:  # Django's own display turns all choices over for each row
        value = getattr(row, name)
        return str(words.get(value, value))

    return Column(f"{name}_label", write, width)


def parent(row) -> str:
    """The code of the record above, if the public may see that one today."""
    above = getattr(row, "public_parent", None)
    return above.code if above is not None and above.pk == row.parent_id else ""
