"""From SVG to PNG."""

from functools import lru_cache
from pathlib import Path

import resvg_py

FAMILY = "Noto Sans"
_FONTS = Path(__file__).parent / "fonts"
FONTS = {weight: _FONTS / f"NotoSans-{weight}.ttf" for weight in ("Regular", "Bold")}
KEPT = 64  # pictures of some 30 kB each


@lru_cache(maxsize=KEPT)
def png_of(svg: str) -> bytes:
    """The picture that `svg` draws, the same bytes for the same text; what was drawn last is kept.

    It takes letters from our font alone and reads no other file. What is no SVG is a ValueError.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(path) for path in FONTS.values()],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
