"""The rows of a form: those that both have, that they removed, that they added."""

from typing import Any

from django.forms import ModelForm
from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.desk.forms.record import is_key
from initiatives.desk.forms.rows import GuardedRows
from initiatives.desk.forms.three_way.diff_view import RowView
from initiatives.desk.forms.three_way.differences import RowComparison, names_of
from initiatives.desk.forms.three_way.past import value_of
from initiatives.desk.forms.three_way.removed import removed_view
from initiatives.desk.forms.three_way.sent import posted_rows, put_rows, sent
from initiatives.desk.forms.three_way.words import Words
from initiatives.models import Change
from initiatives.models.record import Record


class RowsComparison:
    """Compares the bound `formset` with the rows that are stored now, and merges its data."""

    def __init__(self, record: Record, formset: GuardedRows) -> None:
        self.record, self.formset, self.prefix = record, formset, formset.prefix
        self.model, self.fk, self.pk = formset.model, formset.fk.name, formset._pk_field.name
        # Those of the form: rows of other desks' records are not in it, and not told.
        rows = formset.queryset.filter(**{self.fk: record}).order_by("pk")
        rows = rows.select_related(*self._references())
        self.stored: dict[int, Any] = {row.pk: row for row in rows}
        for row in self.stored.values():
            setattr(row, self.fk, record)
        self.views: list[RowView] = []

    def merge(self, data: QueryDict, changes: list[Change], words: Words) -> None:
        """Tell the differences in `views`, and write into `data` what the form shall show."""
        posted = posted_rows(data, self.prefix)
        words.learn(self.stored.values(), self._references())
        kept = self._kept(posted, changes, words)
        present = {key for row in kept for key in row[self.pk]}
        added = [row for pk, row in self.stored.items() if str(pk) not in present]
        self.views += [self._added_view(row, changes, words) for row in added]
        put_rows(data, self.prefix, [*kept, *map(self._sent, added)], self._new(posted, added))

    def _references(self) -> list[str]:
        names = names_of(self.model, self.formset.empty_form.fields, {self.fk})
        return [name for name in names if self.model._meta.get_field(name).many_to_one]

    def _kept(
        self, posted: dict[int, dict[str, list[str]]], changes: list[Change], words: Words
    ) -> list[dict[str, list[str]]]:
        """The rows that are still there, with theirs in every field that I left alone."""
        kept: list[dict[str, list[str]]] = []
        for index, form in enumerate(self.formset.initial_forms):
            key = form.data.get(form.add_prefix(self.pk), "")
            stored = self.stored.get(int(key)) if is_key(key) else None
            if stored is None:
                self.views.append(removed_view(self, form, changes, words))
            else:
                prefix = f"{self.prefix}-{len(kept)}"
                values = self._compared(form, stored, changes, words, prefix)
                kept.append(posted.get(index, {}) | values)
        return kept

    def _compared(
        self, form: ModelForm, stored: Record, changes: list[Change], words: Words, prefix: str
    ) -> dict[str, list[str]]:
        compared = RowComparison(form, stored, changes, words, prefix, without={self.fk})
        removed = self.formset._should_delete_form(form)
        if removed and compared.before.changes:
            compared.tell_removal()
        self.views.append(RowView("") if removed and not compared.view.note else compared.view)
        return compared.values | {"merged": [str(stored.version)]}

    def _new(self, posted: dict[int, dict[str, list[str]]], added: list[Record]) -> list[Any]:
        """The rows that I add, but for those that they added just so meanwhile."""
        start = self.formset.initial_form_count()
        extra = enumerate(self.formset.extra_forms, start)
        return [
            posted.get(index, {})
            for index, form in extra
            if not any(self.differing(form, row) == [] for row in added)
        ]

    def differing(self, form: ModelForm, row: Record) -> list[Any]:
        """The names of the fields of `form` in which something else was typed than `row` holds."""
        return [
            name
            for name in names_of(self.model, form.fields, {self.fk})
            if form.fields[name].has_changed(value_of(row, name), form[name].data)
        ]

    def _sent(self, row: Record) -> dict[str, list[str]]:
        """What a browser would send for a stored row that nobody touched."""
        version = [str(row.version)]
        values = {self.pk: [str(row.pk)], self.fk: [str(self.record.pk)]}
        fields = self.formset.empty_form.fields
        for name in names_of(self.model, fields, {self.fk}):
            values |= sent(fields[name], name, value_of(row, name))
        return values | {"seen": version, "merged": version}

    def _added_view(self, row: Record, changes: list[Change], words: Words) -> RowView:
        fields = self.formset.empty_form.fields
        view = RowView(row, _("Somebody else has added this row. It stays."))
        view.change = _creation(row, changes)
        for name in names_of(self.model, fields, {self.fk}):
            if (value := value_of(row, name)) not in (None, "", False, []):
                view.values.append((str(fields[name].label), words.tell(fields[name], value)))
        return view


def _creation(row: Record, changes: list[Change]) -> Change | None:
    """The change that made `row`; its key may have become another one since."""
    key, model = [str(part) for part in row.natural_key()], row._meta.model_name
    own = [each for each in changes if (each.model, [str(p) for p in each.key]) == (model, key)]
    return own[-1] if own else None
