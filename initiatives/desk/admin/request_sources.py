"""The sources that stand behind a request, for whoever decides on it."""

from initiatives import models
from initiatives.choices import RequestKind
from initiatives.models import ChangeRequest, Source
from initiatives.rights import Rights, visible_rows


def cited_in_request(
    change_request: ChangeRequest, rights: Rights
) -> dict[tuple[Source, str], None]:
    """(source, place in it) of each citation that is asked for, as far as the reader may know; of
    a record that is to become public all that it has."""
    whole = change_request.kind == RequestKind.PUBLICATION
    places = _places_of_record(change_request) if whole else _places_asked_for(change_request)
    sources = rights.to_choose(models.Source).filter(slug__in={slug for slug, _place in places})
    named = sources.in_bulk(field_name="slug")
    return {(named[slug], place): None for slug, place in places if slug in named}


def _places_asked_for(change_request: ChangeRequest) -> list[tuple[str, str]]:
    asked = [edit["fields"] for edit in change_request.edits if edit["model"] == "citation"]
    return [
        (fields["source"][1], fields.get("locator", ["", ""])[1] or "")
        for fields in asked
        if fields.get("source", [None, None])[1]
    ]


def _places_of_record(change_request: ChangeRequest) -> list[tuple[str, str]]:
    record = models.Initiative.objects.filter(change_requests=change_request)
    claims = visible_rows.claims_of(record, models.Event.objects.none())
    rows = models.Citation.objects.filter(claims).order_by("source__title", "pk")
    return list(rows.values_list("source__slug", "locator"))
