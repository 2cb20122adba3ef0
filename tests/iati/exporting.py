"""Fixtures of tests of the export: the bytes of a file, and the first activity in it."""

import pytest
from lxml import etree

from tests.iati.check import problems
from tests.iati.records import LIST, RECORD


@pytest.fixture
def read(client):
    """A function that gives the bytes of a file, as they come."""
    return lambda address=LIST: b"".join(client.get(address).streaming_content)


@pytest.fixture
def told(read):
    """A function that gives the first activity of a file, which is valid."""

    def first(address=RECORD):
        content = read(address)
        assert problems(content) == []
        return etree.fromstring(content).find("iati-activity")

    return first
