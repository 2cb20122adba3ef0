"""The colours of the site, for pictures that have no style sheet."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

_COLOUR = re.compile(r"^ {2}--([\w-]+): (#[0-9a-f]{3,6});$", re.MULTILINE)


@cache
def colours() -> dict[str, str]:
    """By name, `in_progress_ground` for `--in-progress-ground`: the light ones of tokens.css."""
    text = (Path(settings.STATICFILES_DIRS[0]) / "css/tokens.css").read_text(encoding="utf-8")
    light = text.partition("}")[0]
    return {name.replace("-", "_"): colour for name, colour in _COLOUR.findall(light)}


def mixed(one: str, other: str, share: float) -> str:
    """`share` of the colour `one` in the other, as `color-mix` in the style sheets has it."""
    parts = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in parts)


def _rgb(colour: str) -> list[int]:
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return [int(whole[place : place + 2], 16) for place in (0, 2, 4)]
