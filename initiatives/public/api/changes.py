"""What changed between two days: the rows of /changes.csv as objects."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import translation

from initiatives import timeline
from initiatives.editions.index import EntryKey
from initiatives.exchange.change_columns import columns_of
from initiatives.http.caching import Freshness
from initiatives.http.records import UNPREFIXED
from initiatives.public.api import cursors
from initiatives.public.api.pages import Found, ListView
from initiatives.public.api.refusals import wrong
from initiatives.public.filtersets.period import PeriodForm
from initiatives.public.subscriptions import changes_in
from initiatives.timeline.entry import Entry
from initiatives.timeline.newest import Recent


class ChangeList(ListView):
    """The newest first. Without `from` and `to` the last 30 days are meant."""

    schema = "Change"
    takes = (*PeriodForm.NAMES, *ListView.takes)

    @cached_property
    def form(self) -> PeriodForm:
        return PeriodForm(self.request.GET)

    def refuse(self) -> None:
        if self.form.errors:
            raise wrong(self.form.wrong)

    def asked(self) -> dict[str, str]:
        return self.form.given

    @cached_property
    def entries(self) -> Recent:
        return changes_in(self.form)

    def count(self, fresh: Freshness) -> int:
        return self.entries.count()

    def found(self, place: Any, size: int, *, back: bool) -> Found:
        keys = self.entries.keys_beyond(place and _key(place), size + 1, later=back)
        more = len(keys) > size
        keys = keys[-size:] if back else keys[:size]
        first, last = (list(keys[0]), list(keys[-1])) if keys else (None, None)
        return Found(list(map(self._object, self.entries.told(keys))), first, last, more)

    def _object(self, entry: Entry) -> dict[str, str | None]:
        told = {column.name: column.write(entry) for column in columns_of(self._page_of)}
        return told | {"on": told["on"] or None}

    def _page_of(self, entry: Entry) -> str:
        with translation.override(UNPREFIXED):
            return self.request.build_absolute_uri(timeline.page_of(entry))


def _key(place: list[Any]) -> EntryKey:
    """Where a cursor stands. Raises Problem (400) for one that an earlier version gave out."""
    try:
        at, rank, code, number = place
        return EntryKey(datetime.fromisoformat(at), rank, code, number)
    except ValueError:
        raise cursors.strange() from None
