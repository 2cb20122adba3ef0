"""A table as CSV, which is made while somebody reads it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import get_language

from initiatives.demonstration import file_name
from initiatives.exchange import csv_file
from initiatives.exchange.columns import Column
from initiatives.http.streams import in_language


def as_csv(
    request: HttpRequest, name: str, rows: Iterable[Any], columns: list[Column]
) -> StreamingHttpResponse:
    """The file `name` to be taken away; for HEAD nothing is read from `rows`."""
    parts = csv_file.parts(rows, columns)
    body = () if request.method == "HEAD" else in_language(get_language(), parts)
    response = StreamingHttpResponse(body, content_type=csv_file.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(name)}"'
    return response
