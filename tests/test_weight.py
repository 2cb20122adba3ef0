"""A page must open on a poor line: what the list makes a browser fetch stays small."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.factories import make_initiatives

LIMIT = 150_000  # bytes, uncompressed and with nothing cached

pytestmark = pytest.mark.django_db


def fetched(page):
    return re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg|png|woff2?))"', page)


def test_the_list_weighs_less_than_150_kilobytes(client):
    make_initiatives(40, summary_en="What it is about, in a sentence of a common length. " * 4)
    page = client.get("/en/initiatives/").content.decode()
    parts = {name: Path(finders.find(name)).stat().st_size for name in set(fetched(page))}
    assert len(parts) > 3
    assert len(page.encode()) + sum(parts.values()) < LIMIT, parts
