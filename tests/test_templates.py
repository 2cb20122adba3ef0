"""Templates can be read beside the code that fills them."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

MOST_COLUMNS = 120


def test_no_line_of_a_template_is_longer_than_120_columns():
    templates = [path for path in Path(settings.BASE_DIR, "templates").rglob("*") if path.is_file()]
    assert len(templates) > 100
    long = [
        f"{path.relative_to(settings.BASE_DIR)}:{number} has {len(line)} columns"
        for path in templates
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if len(line) > MOST_COLUMNS
    ]
    assert long == []
