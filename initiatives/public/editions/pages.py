"""The pages of the public versions of a record: all of them, one for good, two side by side."""

import re
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from initiatives.choices import EditionKind
from initiatives.editions.access import Access, Found, public_edition
from initiatives.editions.record import InitiativeRecord, Withdrawal, decoded
from initiatives.http import caching, page_sizes, paging
from initiatives.http.address import Address
from initiatives.http.records import CODE, moved_to
from initiatives.http.repeated import single_value
from initiatives.public.editions import values
from initiatives.public.editions.comparing import Comparison, ComparisonQuery
from initiatives.public.editions.names import Names
from initiatives.public.editions.sections import sections_of
from initiatives.public.editions.versions import Said, Version, records_of, told, versions_of
from initiatives.public.filtersets import unknown

if TYPE_CHECKING:
    from initiatives.models import Edition


_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


class EditionView(View):
    """What both pages share. A code in small letters leads to the right address (301)."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str, **numbers: str) -> HttpResponseBase:
        if not CODE.fullmatch(code):
            raise Http404(_("There is no such initiative."))
        if code != code.upper():
            return moved_to(request, code=code.upper(), **numbers)
        found = public_edition(EditionKind.INITIATIVE, code, number=self.number_in(numbers))
        if found.access is Access.UNKNOWN:
            raise Http404(_("There is no such edition."))
        if found.access is Access.WITHDRAWN:
            return self.gone("editions/withdrawn.html", found)
        return self.shown(found)

    def number_in(self, numbers: dict[str, str]) -> int | None:
        """The edition that is asked for, None for the current one. Raises Http404 for what is no
        number."""
        return None

    def shown(self, found: Found) -> HttpResponseBase:
        """The page of what was found, or of a text that was taken out."""
        raise NotImplementedError

    def gone(self, template: str, found: Found) -> TemplateResponse:
        reason = values.prose(None, found.reason)
        context = {"code": found.known.key, "edition": found.known, "reason": reason}
        response = TemplateResponse(self.request, template, context, status=found.access.status)
        response.headers["Cache-Control"] = caching.CACHE_CONTROL
        return response

    def answered(
        self, template: str, editions: "list[Edition]", names: Names, context: dict[str, Any]
    ) -> HttpResponseBase:
        """The page, or 304; it depends on these editions and names, and on no day."""
        marks = [(one.digest, one.redacted_at) for one in editions]
        changed = [at for one in editions for at in (one.since, one.issued_at, one.redacted_at)]
        latest = max(filter(None, [*changed, *names.changed_at]))
        fresh = caching.freshness_of(self.request, marks, names.stamp(), changed_at=latest)
        return caching.answer(
            self.request, fresh, lambda: TemplateResponse(self.request, template, context)
        )


class EditionList(EditionView):
    """All public versions of a record, the newest first, with what changed in each."""

    takes = page_sizes.NAMES

    def shown(self, found: Found) -> HttpResponseBase:
        query, path = self.request.GET, self.request.path
        size, _wrong = page_sizes.size_of(single_value(query, "page_size"))
        number = single_value(query, "page")
        errors = [error for said in page_sizes.errors_in(query).values() for error in said]
        versions = versions_of(found.known.key)
        is_refused = bool(errors or unknown(self.request, self.takes))
        page = paging.page_of([] if is_refused else versions, size, "" if is_refused else number)
        on_page: list[Version] = list(page.object_list)
        read = [version.edition for version in on_page]
        before = [version.before for version in on_page if version.before is not None]
        read += [edition for edition in before if edition not in read]
        records = records_of(read)
        current = _record(found.known)
        names = Names([one for one in (*records.values(), current) if one])
        state = {"page_size": [] if size == page_sizes.SIZES[0] else [str(size)]}
        context = {
            "code": found.known.key,
            "title": current and values.line(names, current.title),
            "total": len(versions),
            "versions": [told(version, records, names) for version in on_page],
            "current": found.known.number,
            "errors": errors,
            "is_refused": is_refused,
            "page": page,
            **paging.links(page, Address(path, state)),
        }
        editions = [versions[0].edition, *read]
        return self.answered("editions/list.html", editions, names, context)


class EditionPage(EditionView):
    """One public version for good; `?with=` lays another one beside it."""

    takes = ComparisonQuery.NAMES

    def number_in(self, numbers: dict[str, str]) -> int | None:
        if not _NUMBER.fullmatch(numbers["number"]):
            raise Http404(_("There is no such edition."))
        return int(numbers["number"])

    def shown(self, found: Found) -> HttpResponseBase:
        if found.access is Access.REDACTED:
            return self.gone("editions/redacted.html", found)
        edition = found.known
        versions = versions_of(edition.key)
        place = next(n for n, one in enumerate(versions) if one.edition.number == edition.number)
        comparison_query = ComparisonQuery.of(self.request.GET, edition.number, versions)
        read = [one for one in (edition, comparison_query.other) if one is not None]
        records = records_of(read)
        names = Names([records[one.number] for one in sorted(read, key=lambda one: one.number)])
        context = {
            "code": edition.key,
            "version": versions[place],
            "edition": edition,
            "newer": versions[place - 1].edition if place else None,
            "older": versions[place + 1].edition if place + 1 < len(versions) else None,
            "latest": versions[0].edition,
            "comparison_query": comparison_query,
            "address": self.request.build_absolute_uri(self.request.path),
            "canonical": self._record_address(edition.key),
            **_said(records[edition.number], names, comparison_query),
        }
        if comparison_query.other is not None:
            context["comparison"] = Comparison.of(read, records, names, comparison_query.is_all)
        # What the page says of the versions around it changes when a newer one appears.
        editions = [*read, versions[0].edition, *([context["newer"]] if place else [])]
        return self.answered("editions/edition.html", editions, names, context)

    def _record_address(self, code: str) -> str:
        return self.request.build_absolute_uri(reverse("initiatives:detail", args=[code]))


def _said(record: Said, names: Names, comparison_query: ComparisonQuery) -> dict[str, Any]:
    if isinstance(record, Withdrawal):
        return {"reason": values.prose(names, record.reason)}
    title = values.line(names, record.title)
    return {
        "title": title,
        "sections": () if comparison_query.other is not None else sections_of(record, names),
    }


def _record(edition: "Edition") -> InitiativeRecord | None:
    return decoded(edition.body, InitiativeRecord) if edition.body else None
