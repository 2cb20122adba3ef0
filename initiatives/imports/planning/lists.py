"""The codes that a file may name, each list read once and only if the file asks for it."""

from dataclasses import dataclass
from functools import cached_property

from initiatives.choices import DeskRole
from initiatives.exchange.cell_parsers import Codes, unknown
from initiatives.models import Country, Organisation, Sector, Source
from initiatives.models.changes import Edit
from initiatives.rights import Rights


@dataclass(frozen=True)
class KnownSource:
    slug: str
    kind: str
    is_public: bool


_LISTS = {
    "country": "countries",
    "sector": "sectors",
    "organisation": "organisations",
    "source": "sources",
}


class Lists:
    """What `rights` let its officer see; a name that is hidden is as unknown as a wrong one."""

    def __init__(self, rights: Rights) -> None:
        self.rights = rights
        self._made: set[tuple[str, str]] = set()  # by the file

    @cached_property
    def countries(self) -> Codes:
        return Codes(Country.objects.values_list("iso2", flat=True))

    @cached_property
    def sectors(self) -> Codes:
        return Codes(Sector.objects.values_list("slug", flat=True))

    @cached_property
    def organisations(self) -> Codes:
        return Codes(self.rights.to_choose(Organisation).values_list("slug", flat=True))

    @cached_property
    def desks(self) -> list[str]:
        found = self.rights.desks(DeskRole.EDITOR).order_by("name")
        return list(found.values_list("name", flat=True))

    @cached_property
    def sources(self) -> dict[str, KnownSource]:
        """By short name and by address."""
        found: dict[str, KnownSource] = {}
        rows = self.rights.to_choose(Source).values_list("slug", "kind", "is_public", "url")
        for slug, kind, is_public, url in rows:
            known = KnownSource(slug, kind, is_public)
            found[slug] = known
            if url:
                found.setdefault(url, known)
        return found

    @cached_property
    def source_names(self) -> Codes:
        return Codes(self.sources)

    def source(self, text: str) -> KnownSource:
        if text not in self.sources:
            raise unknown(text, self.source_names)
        return self.sources[text]

    def learn(self, makes: list[Edit]) -> list[Edit]:
        """Those of the edits `makes` that bring what is not stored; rows may point to it now."""
        return [edit for edit in makes if self._learn(edit)]

    def _learn(self, edit: Edit) -> bool:
        model, key = edit["model"], edit["key"][0]
        known = getattr(self, _LISTS[model])
        url = edit["fields"].get("url", [None, ""])[1]
        is_stored = (key in known or url in known) and (model, key) not in self._made
        if not is_stored:
            self._made.add((model, key))
            self._add(known, key, edit["fields"])
        return not is_stored

    def _add(self, known: Codes | dict[str, KnownSource], key: str, fields: dict) -> None:
        if not isinstance(known, dict):
            known.add(key)
            return
        made = KnownSource(key, fields["kind"][1], is_public=True)
        known |= {name: made for name in (key, fields.get("url", [None, ""])[1]) if name}
