"""The examples in the description of the API are answers of the API about the first data.

When an object has changed: RENEW_EXAMPLES=1 python -m pytest tests/test_api_schema.py
"""

import json
import os
from pathlib import Path

from django.core.management import call_command

from initiatives.public.api import schema
from tests.test_first_data import FILES

FOLDER = Path(schema.__file__).parent / "examples"
ADDRESSES = {
    "root": "",
    "initiatives": "initiatives/?sector=energy&page_size=1",
    "initiative": "initiatives/CI-2025-0009/",
    "countries": "countries/?page_size=2",
    "country": "countries/UZ/",
    "sectors": "sectors/?page_size=2",
    "sector": "sectors/energy/",
    "organisations": "organisations/?page_size=2",
    "organisation": "organisations/new-development-bank/",
    "events": "events/?page_size=1",
    "event": "events/presidents-talks/",
    "changes": "changes/?from=2025-01-01&to=2026-12-31&page_size=1",
    "problem": "initiatives/?status=done&page_size=1000",
}


def load_first_data():
    call_command("loaddata", *FILES, verbosity=0)


def answer(client, name):
    said = client.get(f"/api/v1/{ADDRESSES[name]}").content.decode()
    return json.loads(said.replace("http://testserver", "https://tracker.example.org"))


def example(client, name):
    path = FOLDER / f"{name}.json"
    if os.environ.get("RENEW_EXAMPLES"):
        told = json.dumps(answer(client, name), ensure_ascii=False, indent=1)
        path.write_text(f"{told}\n", encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))
