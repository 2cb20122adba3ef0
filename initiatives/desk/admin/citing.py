"""Sources are cited where a claim is entered: in its row, or once for all that was entered."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives import actions
from initiatives.desk.admin.access import choices_for, officer_of
from initiatives.desk.admin.rows import OneLineRows
from initiatives.desk.forms import BoundedChoice, RowSelect
from initiatives.models import Citation, Funding, Initiative, Milestone, Source
from initiatives.models.record import Record
from initiatives.translatable import Translatable

_SOURCE = Citation._meta.get_field("source")
_CLAIMS = {Milestone: "milestone", Funding: "funding"}  # what carries citations of its own


class CitedRows(OneLineRows):
    """Rows with a source each. `claim_of` names whose claim it is if not the row's own."""

    claim_of = ""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        fields = formset.form.base_fields
        if "cited_source" in fields:
            only = _only_source(request, obj)
            fields["cited_source"] = self._choice(request, fields["cited_source"].label, only)
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if self.claim_of:
            return rows
        cited = Citation.objects.select_related("source")
        return rows.prefetch_related(Prefetch("citations", cited))

    def _choice(self, request: HttpRequest, label: Translatable | None, only: Source | None) -> Any:
        visible = choices_for(request, Source, to_edit=False)
        rows = Source.objects.all() if visible is None else visible
        may_add = self.admin_site.get_model_admin(Source).has_add_permission(request)
        select = RowSelect(_SOURCE, self.admin_site)
        widget = RelatedFieldWidgetWrapper(
            select,
            _SOURCE.remote_field,
            self.admin_site,
            can_add_related=may_add,
        )
        field = BoundedChoice(queryset=rows, label=label, required=False, widget=widget)
        if only is not None:
            field.initial = only.pk
            select.name(only)
        return field


def sources_of(initiative: Initiative | None) -> list[Source]:
    """Up to two of the sources that the record itself cites."""
    if initiative is None or initiative.pk is None:
        return []
    return list(Source.objects.filter(citations__initiative=initiative).distinct()[:2])


def _only_source(request: HttpRequest, initiative: Initiative | None) -> Source | None:
    """The source of a record that has no other, looked up once for all rows of a form."""
    known = request.__dict__.setdefault("desk_only_source", {})
    key = initiative and initiative.pk
    if key not in known:
        found = sources_of(initiative)
        known[key] = found[0] if len(found) == 1 else None
    return known[key]


class CitesEverything(admin.ModelAdmin):
    """For the ModelAdmin of a form with `cite_everything` and rows of CitedRowForm."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        rows = [row for formset in formsets for row in _saved_rows(formset)]
        for row in rows:
            self._cite_row(request, form.instance, row)
        if form.cleaned_data.get("cite_everything"):
            claims = [row.instance for row in rows if type(row.instance) in _CLAIMS]
            self._cite_all(request, form, claims)

    def _cite_row(self, request: HttpRequest, initiative: Initiative, row: Any) -> None:
        source = row.cleaned_data.get("cited_source")
        if source is not None:
            is_own = type(row.instance) in _CLAIMS
            claim = row.instance if is_own else initiative
            place = row.cleaned_data.get("cited_place") or ""
            actions.cite(claim, source, by=officer_of(request), locator=place)

    def _cite_all(self, request: HttpRequest, form: Any, claims: list[Record]) -> None:
        open_claims = _without_source(claims)
        if not open_claims:
            self._tell_nothing_cited(request, form.cleaned_data.get("cite_place"))
            return
        found = sources_of(form.instance)
        if len(found) != 1:
            self._tell_not_cited(request, found)
            return
        source, place = found[0], form.cleaned_data.get("cite_place") or ""
        for claim in open_claims:
            actions.cite(claim, source, by=officer_of(request), locator=place)
        message = ngettext(
            "“%(source)s” is cited for %(count)d row that had no source.",
            "“%(source)s” is cited for %(count)d rows that had no source.",
            len(open_claims),
        )
        messages.info(request, message % {"source": source, "count": len(open_claims)})

    def _tell_nothing_cited(self, request: HttpRequest, place: str) -> None:
        if place:
            text = _("“%(place)s” is cited for nothing: no row was entered that has no source.")
            messages.warning(request, text % {"place": place})

    def _tell_not_cited(self, request: HttpRequest, found: QuerySet[Source] | list[Source]) -> None:
        if found:
            text = _("The record has several sources: choose in each row the one that it is from.")
        else:
            text = _("The record has no source yet, so the rows that you entered have none.")
        messages.warning(request, text)


def _saved_rows(formset: Any) -> list[Any]:
    """The forms of the rows that were written now."""
    if not any(name == "cited_source" for name in formset.form.base_fields):
        return []
    return [
        row
        for row in formset.forms
        if row.has_changed() and row.instance.pk and row not in formset.deleted_forms
    ]


def _without_source(claims: list[Record]) -> list:
    """Those of `claims` that nothing is cited for by now."""
    found = set()
    for model, name in _CLAIMS.items():
        keys = [claim.pk for claim in claims if isinstance(claim, model)]
        cited = Citation.objects.filter(**{f"{name}__in": keys})
        found |= {(model, key) for key in cited.values_list(name, flat=True)}
    return [claim for claim in claims if (type(claim), claim.pk) not in found]
