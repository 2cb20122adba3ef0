"""The three-way view of a whole form: the record and all the rows on its page."""

from typing import cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.desk.forms.record import RecordForm
from initiatives.desk.forms.rows import GuardedRows
from initiatives.desk.forms.three_way.diff_view import RowView
from initiatives.desk.forms.three_way.differences import RowComparison, number
from initiatives.desk.forms.three_way.past import later_changes
from initiatives.desk.forms.three_way.rows import RowsComparison
from initiatives.desk.forms.three_way.sent import put
from initiatives.desk.forms.three_way.words import Words
from initiatives.models import Change
from initiatives.models.record import Record


class ThreeWay:
    """What to tell above a refused form, and the data with which the form is shown again.

    `sections` pair the name of a kind of rows with the rows that have something to tell. In
    `data` whatever I did not touch has become theirs; `version` is the one that was compared.
    """

    def __init__(self, record: Record, data: QueryDict) -> None:
        self.record, self.data, self.version = record, data, record.version
        self.sections: list[tuple[str, list[RowView]]] = []

    def add(self, title: str, views: list[RowView]) -> None:
        """Add the views that have something to tell."""
        if told := [view for view in views if view]:
            self.sections.append((str(title), told))

    @property
    def conflicts(self) -> int:
        """How many values are for the officer to decide."""
        return sum(len(view.conflicts) for _title, views in self.sections for view in views)


def compare(form: RecordForm, formsets: list[GuardedRows]) -> ThreeWay:
    """The view of the refused, bound `form` and of its bound `formsets`.

    Only formsets that the officer may edit; the number of queries does not depend on
    their rows, but on how many references others changed.
    """
    record = type(form.instance)._base_manager.get(pk=form.instance.pk)
    view, words = ThreeWay(record, cast(QueryDict, form.data).copy()), Words()
    parts = [RowsComparison(record, formset) for formset in formsets]
    changes = _changes(form, record, parts)
    main = RowComparison(form, record, changes, words)
    main.tell_the_rest()
    view.data.pop("overwrite", None)  # said of what was shown before
    put(view.data, {form.add_prefix(name): texts for name, texts in main.values.items()})
    view.data[form.add_prefix("merged")] = str(record.version)
    view.add(_("The record itself"), [main.view])
    for part in parts:
        part.merge(view.data, changes, words)
        view.add(part.model._meta.verbose_name_plural, part.views)
    return view


def _changes(form: RecordForm, record: Record, parts: list[RowsComparison]) -> list[Change]:
    models = {type(record), *(part.model for part in parts)}
    rows = [row for part in parts for row in part.stored.values()]
    return later_changes(record, models, rows, number(form["seen"].data))
