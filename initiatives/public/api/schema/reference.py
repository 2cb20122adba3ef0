"""What countries, sectors, organisations and events hold, see `exchange.reference_file`."""

from django.utils.translation import gettext_lazy as _

from initiatives import choices
from initiatives.public.api.schema.record import SOURCES
from initiatives.public.api.schema.words import (
    a_list,
    address,
    an_object,
    instant,
    maybe,
    number,
    one_of,
    some_day,
    text,
    words,
)

_SLUG = text(_("Short name, which never changes."))
_URL = address(_("Address of the page."))
_UPDATED = instant(_("When it was last changed."))
_CLOCK = {"pattern": r"^\d{2}:\d{2}$"}
COUNTRY = {
    "iso2": text(_("Code of ISO 3166-1, two letters.")),
    "iso3": text(_("Code of ISO 3166-1, three letters.")),
    "url": _URL,
    "name": words(_("Name.")),
    "updated_at": _UPDATED,
}
SECTOR = {
    "slug": _SLUG,
    "url": _URL,
    "name": words(_("Name.")),
    "parent": maybe(text(_("Sector of which this is a part."))),
    "dac_code": maybe(text(_("Purpose code of the OECD DAC, five digits."))),
    "updated_at": _UPDATED,
}
ORGANISATION = {
    "slug": _SLUG,
    "url": _URL,
    "name": words(_("Name.")),
    "acronym": maybe(text(_("Acronym."))),
    "kind": one_of(choices.OrganisationKind, _("Kind.")),
    "country": maybe(text(_("Country where it is based."))),
    "iati_id": maybe(text(_("IATI organisation identifier."))),
    "updated_at": _UPDATED,
}
_INITIATIVE = an_object(
    _("An initiative and what the event was for it."),
    code=text(_("Code of the initiative.")),
    relation=one_of(choices.EventRelation, _("What it was for the initiative.")),
    decision=words(_("What it decided.")),
    protocol_reference=text(_("Item of the protocol.")),
)
EVENT = {
    "slug": _SLUG,
    "url": _URL,
    "title": words(_("Title.")),
    "kind": one_of(choices.EventKind, _("Kind.")),
    "state": one_of(choices.EventState, _("State.")),
    "start": some_day(_("First day.")),
    "end": some_day(_("Last day.")),
    "start_time": maybe(text(_("When it begins, by the clock of its time zone."), **_CLOCK)),
    "end_time": maybe(text(_("When it ends."), **_CLOCK)),
    "time_zone": maybe(text(_("IANA time zone."))),
    "place": words(_("Place.")),
    "host_country": maybe(text(_("Country that is the host."))),
    "countries": a_list(text(_("Code of ISO 3166-1.")), _("Countries that take part.")),
    "organisations": a_list(text(_("Short name.")), _("Organisations that take part.")),
    "outcome": words(_("Outcome.")),
    "initiatives": a_list(_INITIATIVE, _("Published initiatives that it was for.")),
    "sources": SOURCES,
    "uid": text(_("Identifier in calendars."), format="uuid"),
    "sequence": number(_("Rises with each change, as in calendars.")),
    "updated_at": _UPDATED,
}
