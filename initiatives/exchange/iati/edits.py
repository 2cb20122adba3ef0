"""What an activity brings to the lists, as edits in the words of `Change`."""

from initiatives.choices import ChangeAction
from initiatives.exchange.iati.mapping import Mapped


def edits_of(mapped: Mapped) -> list[dict]:
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
                **_names(one),
            )
            for one in mapped.organisations
        ),
        *map(_source, (*filter(None, [mapped.publisher]), *mapped.sources)),
    ]


def _names(one) -> dict[str, str]:
    return {f"name_{code}": name for code, name in one.names.items()}


def _source(one) -> dict:
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


def _edit(model: str, key: str, **texts: str) -> dict:
    fields = {name: [None, text] for name, text in texts.items() if text}
    return {
        "model": model,
        "key": [key],
        "action": ChangeAction.CREATED.value,
        "fields": fields,
    }
