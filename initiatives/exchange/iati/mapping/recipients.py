"""The countries that receive, with their shares."""

from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.choices import CountryRole
from initiatives.exchange.cells import join, once
from initiatives.exchange.iati.mapping.amounts import in_hundredths, percent_of
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.participants import Participants, acting_states
from initiatives.exchange.iati.reading import Activity

_ROLE = CountryRole.BENEFICIARY.value


def cells(activity: Activity, find: Participants, notes: Notes) -> dict[str, str]:
    """The countries that act stand before those that receive."""
    acting = acting_states(activity, find)
    shares = _shares(activity, find, notes)
    links = acting + [(iso2, _ROLE) for iso2 in shares]
    given = {iso2: percent for iso2, percent in shares.items() if percent is not None}
    percents = in_hundredths(given, notes)
    return {
        "countries": join(once(iso2 for iso2, _role in links)),
        "countries_roles": join(f"{iso2}:{role}" for iso2, role in links),
        "countries_percents": join(f"{iso2}:{_ROLE}:{share}" for iso2, share in percents.items()),
    }


def _shares(activity: Activity, find: Participants, notes: Notes) -> dict[str, Decimal | None]:
    """Told of the activity, or else of its transactions, whose shares are not known."""
    found: dict[str, Decimal | None] = {}
    for one in activity.countries:
        iso2 = find.country(one)
        if iso2 is None or iso2 in found:
            one.leave()
            continue
        found[iso2] = percent_of(one.percentage, notes) if one.percentage else None
        if one.percentage and found[iso2] is None:
            one.leave_percentage()
    if activity.countries:
        return found
    codes = once(one.code for x in activity.transactions for one in x.countries)
    shares = {one.code: one for x in activity.transactions for one in x.countries}
    for iso2 in filter(None, (find.country(shares[code]) for code in codes)):
        notes.add(_("Countries of the transactions, entered for the whole:"), iso2)
        found.setdefault(iso2, None)
    return found
