"""Marks beside the texts of a form that are older than the Russian text."""

from datetime import date

from django.contrib.admin.helpers import InlineAdminFormSet
from django.utils.html import format_html
from django.utils.translation import gettext as _

from initiatives.desk.forms import InitiativeForm, RowForm
from initiatives.models import Initiative, Milestone
from initiatives.partial_dates import PartialDate
from initiatives.timeline import date_in_words, outdated_in_rows, outdated_translations


def mark_outdated(form: InitiativeForm) -> None:
    """Mark the texts of an initiative in its form. One query."""
    if form.instance.pk is not None:
        _mark(form, outdated_translations(form.instance))


def mark_outdated_milestones(formsets: list[InlineAdminFormSet], initiative: Initiative) -> None:
    """Mark the texts of milestones among the rows of the form. One query, however many."""
    forms = [
        form
        for formset in formsets
        if formset.opts.model is Milestone
        for form in formset.formset.initial_forms
    ]
    if forms:
        outdated = outdated_in_rows([form.instance for form in forms], initiative)
        for form, found in zip(forms, outdated, strict=True):
            _mark(form, found)


def _mark(form: InitiativeForm | RowForm, outdated: dict[str, date]) -> None:
    """The help text is read with the field; the sign beside the label is for eyes."""
    for name in outdated.keys() & form.fields.keys():
        field, day = form[name], date_in_words(PartialDate(outdated[name]))
        text = _("older than the Russian text of %(day)s") % {"day": day}
        mark = format_html('<span class="desk-outdated">{}</span>', text)
        field.help_text = format_html("{} {}", mark, field.help_text) if field.help_text else mark
        field.label = format_html(
            '{} <span class="desk-outdated-sign" aria-hidden="true">↻</span>', field.label
        )
