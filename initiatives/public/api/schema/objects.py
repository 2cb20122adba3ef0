"""What the objects of the API hold: those of `exchange`, described field by field.

No field is required, since a client may ask for some only (`fields`); without that all are there,
as a test makes sure.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives import choices
from initiatives.lifecycle import Status
from initiatives.public.api.schema.record import RECORD
from initiatives.public.api.schema.reference import COUNTRY, EVENT, ORGANISATION, SECTOR
from initiatives.public.api.schema.words import (
    a_list,
    address,
    an_object,
    in_languages,
    instant,
    maybe,
    number,
    one_of,
    shared,
    some_day,
    text,
    words,
)
from initiatives.rules import Flag
from initiatives.timeline import Kind as ChangeKind

_LINKED_COUNTRY = an_object(
    _("A country and what it does in the initiative."),
    iso2=text(_("Code of ISO 3166-1, two letters.")),
    role=one_of(choices.CountryRole, _("Role.")),
    percent={"type": "number", "description": _("Share in percent.")},
)
_LINKED_SECTOR = an_object(
    _("A sector of the initiative."),
    slug=text(_("Short name.")),
    percent={"type": ["number", "null"], "description": _("Share in percent.")},
    is_main={"type": "boolean", "description": _("Whether it is the main sector.")},
)
_LINKED_ORGANISATION = an_object(
    _("An organisation with its role in the initiative; who pays or gets is told by the money."),
    slug=text(_("Short name.")),
    role=one_of(choices.OrganisationRole, _("Role; 1 to 4 are those of IATI.")),
)
_AMOUNT = _("Exact decimals as text; null where undisclosed.")
FUNDING = {
    "type": one_of(choices.FundingType, _("Type; different types are never added up.")),
    "amount": maybe(text(_AMOUNT, pattern=r"^-?\d+(\.\d+)?$")),
    "amount_max": maybe(text(_("Upper end of a range."), pattern=r"^-?\d+(\.\d+)?$")),
    "amount_kind": one_of(choices.AmountKind, _("How exact the amount is.")),
    "currency": maybe(text(_("Code of ISO 4217."))),
    "date": some_day(_("Date.")),
    "provider": maybe(text(_("Organisation that gives the money."))),
    "receiver": text(_("Organisation that receives it.")),
}
INITIATIVE = {
    "code": text(_("Code, which never changes."), pattern=r"^CI-\d{4}-\d{4,8}$"),
    "url": address(_("Address of the page.")),
    "title": words(_("Title.")),
    "summary": words(_("Summary.")),
    "kind": one_of(choices.Kind, _("Kind.")),
    "status": one_of(Status, _("Status.")),
    "status_since": some_day(_("Since when it has this status.")),
    "delivered": maybe(
        one_of(
            choices.Delivered,
            _("Whether what is implemented was delivered in full or in part; null: not said."),
        )
    ),
    "planned_start": some_day(_("Planned start.")),
    "planned_end": some_day(_("Planned end.")),
    "actual_start": some_day(_("Actual start.")),
    "actual_end": some_day(_("Actual end.")),
    "countries": a_list(_LINKED_COUNTRY, _("Countries with their roles.")),
    "sectors": a_list(_LINKED_SECTOR, _("Sectors.")),
    "organisations": a_list(_LINKED_ORGANISATION, _("Organisations with their roles.")),
    "funding": a_list(an_object(_("A line of money."), **FUNDING), _("Money.")),
    "flags": a_list(one_of(Flag, _("Flag.")), _("What needs attention.")),
    "updated_at": instant(_("When the record was last changed.")),
    "version": number(_("Version of the record; it rises with each change.")),
}
_CHANGE = {
    "known_since": instant(_("Since when the public could know it.")),
    "on": some_day(_("When it took place.")),
    "kind": text(_("Kind."), enum=[str(kind) for kind in ChangeKind]),
    "code": text(_("Code of the initiative.")),
    "title": text(_("Title of the initiative, in the language of the answer.")),
    "change": text(_("What changed, in words.")),
    "reason": text(_("Reason, in words; may be empty.")),
    "url": address(_("Where it is shown.")),
    "id": text(_("Stable identifier (tag URI), the same as in feeds.")),
}
_PROBLEM = an_object(
    _("Why a request was refused (RFC 9457)."),
    type=text(_("Kind of problem.")),
    title=text(_("Name of the status.")),
    status=number(_("Status of HTTP.")),
    detail=text(_("What is wrong and what to do, in words.")),
    instance=text(_("The request.")),
    errors=a_list(
        an_object(
            _("What is wrong with one parameter."),
            parameter=text(_("Name of the parameter.")),
            detail=text(_("What is wrong with it.")),
        ),
        _("By parameter."),
    ),
) | {"required": ["type", "title", "status", "detail", "instance"]}
_LINKS = an_object(
    _("Where things are."),
    version=text(_("Version of the API.")),
    licence=address(_("Licence of the data.")),
    schema=address(_("Description in OpenAPI 3.1.")),
    docs=address(_("Documentation for people.")),
    initiatives=address(_("Initiatives.")),
    countries=address(_("Countries.")),
    sectors=address(_("Sectors.")),
    organisations=address(_("Organisations.")),
    events=address(_("Events.")),
    changes=address(_("Changes.")),
)
_PARTIAL_DATE = maybe(
    text(
        _("A date as exact as its source: 2027, 2027-H1, 2027-Q3, 2027-05 or 2027-05-14."),
        pattern=r"^\d{4}(-(H[12]|Q[1-4]|\d{2}(-\d{2})?))?$",
    )
)
OBJECTS = {
    "Initiative": an_object(_("An initiative as lists tell of it."), **INITIATIVE),
    "Record": an_object(
        _("An initiative with its history, milestones, events and sources."),
        **INITIATIVE
        | RECORD
        | {
            "funding": a_list(
                an_object(_("A line of money."), **FUNDING | RECORD["funding"]), _("Money.")
            )
        },
    ),
    "Country": an_object(_("A country."), **COUNTRY),
    "Sector": an_object(_("A sector."), **SECTOR),
    "Organisation": an_object(
        _("An organisation that takes part in something, pays or receives."), **ORGANISATION
    ),
    "Event": an_object(_("An event."), **EVENT),
    "Change": an_object(_("Something that became known."), **_CHANGE),
    "Links": _LINKS,
    "Text": in_languages(_("A text in four languages, empty where it is not translated.")),
    "PartialDate": _PARTIAL_DATE,
    "Problem": _PROBLEM,
}


def page_of(name: str) -> dict[str, Any]:
    """The schema of a page of a list."""
    link = _("Address of the page after this one, or null.")
    before = _("Address of the page before this one, or null.")
    return an_object(
        _("A page of a list."),
        count=number(_("Number of rows on all pages.")),
        next=maybe(address(link)),
        previous=maybe(address(before)),
        results=a_list(shared(name, _("One row.")), _("The rows of this page.")),
    ) | {"required": ["count", "next", "previous", "results"]}
