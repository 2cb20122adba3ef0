"""The columns that say who takes part in which role, and in which sectors."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.choices import ChangeAction, CountryRole, OrganisationRole
from initiatives.exchange.cells import split
from initiatives.exchange.planning.known import demand

_HUNDRED, _CENT = Decimal(100), Decimal("0.01")


def country_edits(cells, row, known, problems):
    now = {(link.country.iso2, link.role) for link in row.countries.all()}
    wanted = _read(_countries, cells, now, known, problems)
    return _swap(row, "initiativecountry", "country", now, wanted)


def organisation_edits(cells, row, known, problems):
    now = {(link.organisation.slug, link.role) for link in row.organisations.all()}
    wanted = _read(_organisations, cells, now, known, problems)
    return _swap(row, "initiativeorganisation", "organisation", now, wanted)


def sector_edits(cells, row, known, problems):
    """Sectors that go come first, and the main one gives way before another takes its place."""
    now = {
        link.sector.slug: (str(link.is_main), _percent_text(link.percent))
        for link in row.sectors.all()
    }
    wanted = _read(_sectors, cells, now, known, problems)
    gone = [_edit(row, "sector", slug, ("True", None), None) for slug in now if slug not in wanted]
    kept = [
        _edit(row, "sector", slug, now.get(slug), values)
        for slug, values in wanted.items()
        if now.get(slug) != values
    ]
    return gone + sorted(
        kept, key=lambda edit: edit["fields"].get("is_main", [None, ""])[1] == "True"
    )


def _read(read, cells, now, known, problems):
    try:
        return read(cells, now, known)
    except _Wrong as wrong:
        problems[wrong.column] = wrong.message
        return now


class _Wrong(Exception):
    def __init__(self, column, message) -> None:
        self.column, self.message = column, message


def _codes(column, cells, codes):
    return [_known(column, code, codes) for code in split(cells[column])]


def _known(column, code, codes):
    try:
        return demand(code.strip(), codes)
    except ValidationError as wrong:
        raise _Wrong(column, wrong.messages[0]) from None


def _with_roles(column, cells, codes, roles):
    pairs = [code.rpartition(":") for code in split(cells[column])]
    return {(_known(column, c, codes), _known(column, role, roles)) for c, _colon, role in pairs}


def _countries(cells, now, known):
    if "countries_roles" in cells:
        return _with_roles("countries_roles", cells, known.country, CountryRole.values)
    wanted = set(now)
    if "parties" in cells:
        parties = _codes("parties", cells, known.country)
        wanted = {pair for pair in wanted if pair[1] != "party"} | {(c, "party") for c in parties}
    if "countries" in cells:
        named = set(_codes("countries", cells, known.country))
        wanted = {pair for pair in wanted if pair[0] in named}
        _demand_roles("countries", named - {code for code, _role in wanted})
    return wanted


def _organisations(cells, now, known):
    if "organisations_roles" in cells:
        roles = OrganisationRole.values
        return _with_roles("organisations_roles", cells, known.organisation, roles)
    if "organisations" not in cells:
        return now
    named = set(_codes("organisations", cells, known.organisation))
    wanted = {pair for pair in now if pair[0] in named}
    _demand_roles("organisations", named - {code for code, _role in wanted})
    return wanted


def _demand_roles(column, without):
    if not without:
        return
    message = _(
        "Say in the column %(column)s_roles what part %(codes)s takes, for example %(one)s:%(role)s."
    )
    role = CountryRole.PARTY if column == "countries" else OrganisationRole.IMPLEMENTING
    words = {"column": column, "codes": ", ".join(sorted(without)), "one": min(without)}
    raise _Wrong(column, message % {**words, "role": role.value})


def _sectors(cells, now, known):
    slugs = _codes("sectors", cells, known.sector) if "sectors" in cells else list(now)
    percents = {slug: now.get(slug, (None, None))[1] for slug in slugs}
    if "sectors_percents" in cells and "sectors" in cells:
        given = split(cells["sectors_percents"]) or [""] * len(slugs)
        if len(given) != len(slugs):
            raise _Wrong(
                "sectors_percents", _("Give as many percents as sectors, some may be empty.")
            )
        percents = {slug: _percent(text) for slug, text in zip(slugs, given, strict=True)}
    main = next((slug for slug, values in now.items() if values[0] == "True"), "")
    if "main_sector" in cells:
        main = cells["main_sector"].strip()
        if main and _known("main_sector", main, known.sector) not in slugs:
            raise _Wrong("main_sector", _("The main sector has to be one of the sectors."))
    return {slug: (str(slug == main), percents[slug]) for slug in slugs}


def _percent(text):
    if not text.strip():
        return None
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= _HUNDRED or number != round(number, 2):
        message = _("“%(text)s” is not a percent between 0 and 100 with two decimals at most.")
        raise _Wrong("sectors_percents", message % {"text": text[:20]})
    return _percent_text(number)


def _percent_text(number):
    return None if number is None else str(number.quantize(_CENT))


def _swap(row, model, name, now, wanted):
    """The edits that make the pairs (code, role) of `now` those that are `wanted`."""
    edits = [_link(row, model, name, pair, ChangeAction.DELETED) for pair in sorted(now - wanted)]
    return edits + [
        _link(row, model, name, pair, ChangeAction.CREATED) for pair in sorted(wanted - now)
    ]


def _link(row, model, name, pair, action):
    side = slice(None) if action == ChangeAction.CREATED else slice(None, None, -1)
    values = {"initiative": row.code, name: pair[0], "role": pair[1]}
    fields = {field: [None, value][side] for field, value in values.items()}
    return {"model": model, "key": [row.code, *pair], "action": action, "fields": fields}


def _edit(row, name, slug, old, new):
    """The edit of a sector from `old` to `new`, which are (is_main, percent) or None."""
    if old is not None and new is not None:
        action, values = ChangeAction.CHANGED, zip(("is_main", "percent"), old, new, strict=True)
        fields = {field: [a, b] for field, a, b in values if a != b}
    else:
        action = ChangeAction.CREATED if old is None else ChangeAction.DELETED
        main, percent = new or old
        fields = {"initiative": row.code, "sector": slug, "is_main": main, "percent": percent}
        side = 1 if action == ChangeAction.CREATED else -1
        fields = {field: [None, value][::side] for field, value in fields.items()}
    key = [row.code, slug]
    return {"model": "initiativesector", "key": key, "action": action, "fields": fields}
