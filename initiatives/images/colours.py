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
