"""What was mapped as rows, written by the ORM directly: as an import would leave it."""

from initiatives.exchange.cells import split
from initiatives.models import Country, Initiative, Organisation, Sector, Source

_NAMED = ("title", "summary", "description")
_PLAIN = ("kind", "status", "planned_start", "planned_end", "actual_start", "actual_end")
_MONEY = {
    "type": "types",
    "amount_kind": "amount_kinds",
    "amount": "amounts",
    "currency": "currencies",
    "date": "dates",
    "instrument": "instruments",
}


def store(mapped, code):
    for new in mapped.countries:
        Country.objects.get_or_create(iso2=new.iso2, iso3=new.iso3, defaults=_names(new))
    for new in mapped.organisations:
        Organisation.objects.get_or_create(
            slug=new.slug, iati_id=new.iati_id, kind=new.kind, defaults=_names(new)
        )
    for new in mapped.sectors:
        defaults = {"dac_code": new.dac_code, **_names(new)}
        Sector.objects.get_or_create(slug=new.slug, defaults=defaults)
    fields = {
        name: text
        for name, text in mapped.cells.items()
        if name in _PLAIN or name.rpartition("_")[0] in _NAMED
    }
    made = Initiative.objects.create(code=code, publication="published", **fields)
    _link(made, mapped.cells)
    _pay(made, mapped.cells)
    for new in mapped.sources:
        source = Source.objects.get_or_create(
            slug=new.slug, title=new.title, url=new.url, kind=new.kind, publisher=new.publisher
        )[0]
        made.citations.create(source=source)
    for scheme, value in mapped.external_ids:
        made.external_ids.create(scheme=scheme, value=value)
    return made


def _names(new):
    return {f"name_{code}": name for code, name in new.names.items()}


def _link(made, cells):
    for pair in split(cells.get("countries_roles", "")):
        iso2, role = pair.split(":")
        made.countries.create(country=Country.objects.get(iso2=iso2), role=role)
    for pair in split(cells.get("organisations_roles", "")):
        slug, role = pair.split(":")
        made.organisations.create(organisation=Organisation.objects.get(slug=slug), role=role)
    slugs, percents = split(cells["sectors"]), split(cells["sectors_percents"])
    for slug, percent in zip(slugs, percents or [""] * len(slugs), strict=True):
        made.sectors.create(
            sector=Sector.objects.get(slug=slug),
            percent=percent or None,
            is_main=slug == cells["main_sector"],
        )


def _pay(made, cells):
    columns = {field: split(cells[f"funding_{name}"]) for field, name in _MONEY.items()}
    providers = split(cells["funding_providers"])
    for place, slug in enumerate(providers):
        values = {field: texts[place] for field, texts in columns.items()}
        provider = Organisation.objects.get(slug=slug) if slug else None
        made.funding.create(number=place + 1, provider=provider, **values)
