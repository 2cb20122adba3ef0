"""The options that are chosen in the rows of a form, fetched together."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect


class RowSelect(AutocompleteSelect):
    """A field that is searched while typing, in each of many rows.

    The copies of it in the rows know what is chosen in all of them: `expect` tells them before
    anything is shown. So one query names the choices of all rows.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A copy is a shallow one, so these two are the same in all rows.
        self._expected: set[str] = set()
        self._known: dict[str, tuple | None] = {}

    def expect(self, key: Any) -> None:
        """Say that the option with this key is chosen in one of the rows."""
        if key not in self.choices.field.empty_values:
            self._expected.add(str(key))

    def name(self, row: Any) -> None:
        """Say how the option of `row` is called, so that nobody has to ask for it."""
        self._known[str(row.pk)] = (row.pk, str(row))

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> list[Any]:
        options = [] if self.is_required else [("", "")]
        chosen = [self._option(key) for key in value if key not in self.choices.field.empty_values]
        options += filter(None, chosen)
        shown = [
            self.create_option(name, key, label, bool(key), index)
            for index, (key, label) in enumerate(options)
        ]
        return [(None, shown, 0)]

    def _option(self, key: Any) -> Any:
        """Key and label of an option, None if the officer may not see it."""
        if key not in self._known:
            wanted = self._expected | {key}
            self._known |= dict.fromkeys(wanted)
            rows = self.choices.queryset.using(self.db).filter(pk__in=wanted)
            label = self.choices.field.label_from_instance
            self._known |= {str(row.pk): (row.pk, label(row)) for row in rows}
        return self._known[key]
