"""Copies of pages in an archive of the web, asked by the Wayback Availability API.

https://archive.org/help/wayback_api.php
"""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from initiatives.text.plain_text import web_address
from initiatives.web_addresses.answers import Heard

if TYPE_CHECKING:
    from initiatives.web_addresses.http_client import HttpClient

_LONGEST = 1_000  # characters; what the column of an address holds


def archived_copy(client: "HttpClient", url: str, *, service: str) -> str:
    """The address of the newest copy of `url` that `service` knows, empty where it knows none."""
    answer = client.ask(f"{service}?{urlencode({'url': url})}", wants_body=True)
    if answer.heard is not Heard.HERE or answer.status != 200:
        return ""
    try:
        copy: Any = json.loads(answer.body)["archived_snapshots"]["closest"]
        found = str(copy["url"]) if copy["available"] and str(copy["status"]) == "200" else ""
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    found = found.replace("http://web.archive.org/", "https://web.archive.org/", 1)
    return found if len(found) <= _LONGEST and web_address(found) else ""
