"""The invented texts of demo/content/, in four languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from initiatives.choices import Language

FOLDER = Path(__file__).parent / "content"


@cache
def content(name: str) -> dict[str, Any]:
    """The tables of the file `name`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def words(kind: str, name: str) -> dict[str, str]:
    """Language → text of the vocabulary, such as words("moved", "floods")."""
    return dict(content("vocabulary")[kind][name])


def in_columns(field: str, texts: Mapping[str, str], *, missing: str = "") -> dict[str, str]:
    """The columns of a translated `field`; languages that `missing` names stay empty."""
    return {
        f"{field}_{language}": texts[language]
        for language in Language.values
        if language in texts and language not in missing.split()
    }
