"""What an activity brings to the lists, as edits in the words of `Change`."""

from dataclasses import asdict

from initiatives.choices import ChangeAction
from initiatives.exchange.iati.mapping import Mapped
from initiatives.exchange.iati.mapping.mapped import (
    NewClassification,
    NewCountry,
    NewOrganisation,
    NewSector,
    NewSource,
    NewText,
)
from initiatives.models.changes import Edit


def edits_of(mapped: Mapped) -> list[Edit]:
    """What is pointed to comes before what points to it."""
    return [
        *(
            _edit("country", one.iso2, iso2=one.iso2, iso3=one.iso3, **_names(one))
            for one in mapped.countries
        ),
        *(
            _edit("sector", one.slug, slug=one.slug, dac_code=one.dac_code, **_names(one))
            for one in mapped.sectors
        ),
        *(
            _edit(
                "organisation",
                one.slug,
                slug=one.slug,
                iati_id=one.iati_id,
                kind=one.kind,
                iati_type=one.iati_type,
                country=one.country,
                **_names(one),
            )
            for one in mapped.organisations
        ),
        *map(_source, (*filter(None, [mapped.publisher]), *mapped.sources)),
    ]


def _names(one: NewCountry | NewOrganisation | NewSector) -> dict[str, str]:
    return {f"name_{code}": name for code, name in one.names.items()}


def _source(one: NewSource) -> Edit:
    return _edit(
        "source",
        one.slug,
        slug=one.slug,
        title=one.title,
        publisher=one.publisher,
        kind=one.kind,
        url=one.url,
        language=one.language,
        published=str(one.published or ""),
    )


def _edit(model: str, key: str, **texts: str) -> Edit:
    fields = {name: [None, text] for name, text in texts.items() if text}
    return {
        "model": model,
        "key": [key],
        "action": ChangeAction.CREATED.value,
        "fields": fields,
    }


def parts_of(mapped: Mapped) -> dict[str, list[dict[str, str]]]:
    """What belongs to the initiative and has no column, as values of its fields by model."""
    return {
        "classification": [_values(one) for one in mapped.codes],
        "externaltext": [_values(one) for one in mapped.texts],
    }


def _values(one: NewClassification | NewText) -> dict[str, str]:
    return {name: text for name, text in asdict(one).items() if text}
