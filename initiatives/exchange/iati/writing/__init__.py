"""Initiatives as IATI activities. What cannot be told without inventing is left out and named.

The decisions, and what they cost, are in docs/adr/0009-iati.md.
"""

from django.conf import settings

from initiatives.exchange.iati.writing.file import CONTENT_TYPE, parts

__all__ = ["CONTENT_TYPE", "depends_on", "parts"]


def depends_on() -> tuple[str, str, str]:
    """What a file tells beside the records: who reports."""
    return (
        settings.IATI_REPORTING_ORG_REF,
        settings.IATI_REPORTING_ORG_NAME,
        settings.IATI_REPORTING_ORG_TYPE,
    )
