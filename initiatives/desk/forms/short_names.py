"""Short names for addresses, made of what a new row is called."""

import re
from typing import Any

from initiatives.text.folding import fold

_LONGEST = 60  # characters


def free_slug(model: Any, title: str, more: str, otherwise: str) -> str:
    """A short name of the words of `title`, and of `more` behind them, that no row has yet.

    `otherwise` stands for a title without any letter that an address can have.
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:_LONGEST].strip("-")
    base = "-".join(filter(None, [words or otherwise, more.lower()]))
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
