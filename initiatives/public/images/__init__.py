"""Pictures as files: SVG that templates/images/ draw, made into PNG by one program with one font
everywhere (ADR 34).

Nothing here asks a query, knows an address or says a word of its own.
"""

from initiatives.public.images.colours import colours
from initiatives.public.images.png import png_of
from initiatives.public.images.texts import Lines, cut, fitted, width_of

SHARED_WIDTH, SHARED_HEIGHT = 1200, 630  # what networks show beside an address

__all__ = [
    "SHARED_HEIGHT",
    "SHARED_WIDTH",
    "Lines",
    "colours",
    "cut",
    "fitted",
    "png_of",
    "width_of",
]
