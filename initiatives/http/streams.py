"""Answers that are made while they are sent."""

from collections.abc import Iterator

from django.utils.translation import override


def in_language(language: str, parts: Iterator[bytes]) -> Iterator[bytes]:
    """Each part made in `language`: a stream is read after the answer, in whatever language."""
    while True:
        with override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part
