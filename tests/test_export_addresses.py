"""The addresses of the files, with and without a language."""

import pytest

from tests.factories import make_initiative

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ru", "uz", "kk"]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@pytest.mark.parametrize("prefix", ["", *(f"/{language}" for language in LANGUAGES)])
@pytest.mark.parametrize("suffix", TYPES)
def test_each_format_answers_with_and_without_a_language(client, prefix, suffix):
    make_initiative("CI-2025-0001")
    for name in ("initiatives", *(["initiatives/CI-2025-0001"] if suffix == "json" else [])):
        response = client.get(f"{prefix}/{name}.{suffix}")
        assert (response.status_code, response["Content-Type"]) == (200, TYPES[suffix])
        assert b"".join(response)
