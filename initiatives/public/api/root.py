"""Where things are, and what they look like: the first address of the API, and its schema."""

from typing import Any

from django.urls import reverse

from initiatives.public.api.schema import LICENCE, VERSION, document
from initiatives.public.api.views import ApiView

_LISTS = ("initiatives", "countries", "sectors", "organisations", "events", "changes")


class Root(ApiView):
    def told(self, **named: str) -> dict[str, str]:
        absolute = self.request.build_absolute_uri
        names = ("schema", "docs", *_LISTS)
        links = {name: absolute(reverse(f"api:{name}")) for name in names}
        return {"version": VERSION, "licence": LICENCE} | links


class Schema(ApiView):
    def told(self, **named: str) -> dict[str, Any]:
        return document()
