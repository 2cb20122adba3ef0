"""Countries as people name them: in one of four languages, by code or by another name."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Language
from initiatives.models import Country
from initiatives.text.folding import fold

_SHORTEST = 5  # letters that tell a country in a word like “Kazakh” or “казахстанская”


class CountryNames:
    """All countries, read once."""

    def __init__(self) -> None:
        self.rows = list(Country.objects.order_by("order", "iso2"))
        self._by_name: dict[str, Country] = {}
        for row in self.rows:
            for name in _names_of(row):
                self._by_name.setdefault(fold(name), row)

    def named(self, text: str) -> Country | None:
        """The country whose name or code `text` is."""
        return self._by_name.get(fold(text))

    def begun_with(self, text: str) -> str:
        """The name of the one country with which `text` begins, as “казахстанская сторона”."""
        words = fold(text).split()
        for length in range(min(len(words), 4), 0, -1):
            exact = self._by_name.get(" ".join(words[:length]))
            if exact is not None:
                return str(exact)
        found = {row for name, row in self._by_name.items() if words and _alike(words[0], name)}
        return str(found.pop()) if len(found) == 1 else ""

    def sides(self, text: str) -> list[Country]:
        """The countries of a list with commas. Raises ValidationError that names the others."""
        found: dict[Country, None] = {}
        wrong = []
        for name in filter(None, map(str.strip, _parts(text))):
            row = self.named(name)
            found |= {row: None} if row else {}
            wrong += [] if row else [name]
        if wrong:
            message = _(
                "“%(names)s” is not in the list of countries. Write the name or the code, for "
                "example UZ."
            )
            names = ", ".join(name[:40] for name in wrong)
            raise ValidationError(message, code="country", params={"names": names})
        return list(found)


def _names_of(row: Country) -> Iterable[str]:
    names = [getattr(row, f"name_{language}") for language in Language.values]
    aliases = [name.strip() for name in (row.aliases or "").split(",")]
    return filter(None, [row.iso2, row.iso3, *names, *aliases])


def _parts(text: str) -> list[str]:
    for sign in (";", "\n", "–", "—", "|"):
        text = text.replace(sign, ",")
    return text.split(",")


def _alike(word: str, name: str) -> bool:
    """Whether one goes on where the other ends: kazak and kazakstan, kazakstanskaia as well."""
    if min(len(word), len(name)) < _SHORTEST or " " in name:
        return False
    return name.startswith(word) or word.startswith(name)
