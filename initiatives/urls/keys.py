"""What stands in the address of a page for the one thing that it shows."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class PageKey(StringConverter):
    """Without a dot: a dot begins the ending of a file, and a file that is not there is a 404 at
    once. Django would try it with a slash at its end first, as a page."""

    regex = "[^/.]+"


register_converter(PageKey, "key")
