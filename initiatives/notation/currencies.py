"""Currencies as people write them: codes of ISO 4217, signs, and names in the four languages."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_symbol, list_currencies
from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.notation.refusals import SHOWN, NotRead, several
from initiatives.notation.signs import plain_signs
from initiatives.text.lookalikes import latin, strange_letter

# What people write and the CLDR does not have. “Som” is the currency of one country and, without
# its apostrophe, often that of its neighbour; the sign ¥ belongs to two as well.
_EVERYDAY = {
    "USD": "$|us$|us $|dollar|dollars|us dollar|us dollars|долл|долл сша|доллар|доллара|долларов"
    "|доллары|долларах|aqsh dollari|aqsh dollar|ақш доллары",
    "EUR": "€|euro|euros|евро|yevro|еуро",
    "GBP": "£|pound|pounds|фунт|фунтов",
    "RUB": "₽|руб|рубль|рубля|рублей|ruble|rubles|rouble|roubles|rubl",
    "KZT": "₸|тенге|теңге|tenge|тг",
    "UZS": "сум|сума|сумов|сўм|so'm|soum|soums|sum",
    "KGS": "сом|сома|сомов",
    "CNY": "юань|юаня|юаней|yuan|yuans|rmb",
    "JPY": "иена|иены|иен|yen",
    "INR": "₹",
    "KRW": "₩",
    "TRY": "₺",
    "GEL": "₾",
    "AZN": "₼",
    "AMD": "֏",
    "UAH": "₴",
}
_SHARED = {"¥": ("CNY", "JPY"), "som": ("KGS", "UZS"), "soms": ("KGS", "UZS")}


def currencies_of(text: str) -> tuple[str, ...]:
    """The codes that `text` may mean, in the form of `plain_signs`; none if it names nothing."""
    return _names().get(_folded(text), ()) if text else ()


def read_currency(text: str) -> str:
    """The code that `text` names; empty for an empty text. Raises NotRead."""
    if text in _codes():
        return text
    folded = plain_signs(text)
    found = currencies_of(folded)
    if len(found) == 1 or not folded:
        return "".join(found)
    if found:
        raise several(text.strip(), [(code, code) for code in found])
    strange, meant = strange_letter(text.strip()[:SHOWN]), _folded(latin(folded))
    near = get_close_matches(meant[:SHOWN], _names(), n=1, cutoff=0.75)
    told = {"code": text.strip()[:SHOWN], "near": ", ".join(_names()[near[0]]) if near else ""}
    message = _("“%(code)s” is not a currency code of ISO 4217.") % told
    hint = _("Did you mean “%(near)s”?") % told if near else ""
    raise NotRead(" ".join(filter(None, (strange if near else "", message, hint))))


@lru_cache(maxsize=8)
def currency_choices(language: str) -> list[tuple[str, str]]:
    """Code and name, in `language`, of every currency that is in use, by code."""
    return [
        (code, f"{code} – {get_currency_name(code, locale=language)}")
        for code in sorted(list_currencies())
        if code in _in_use()
    ]


@lru_cache(maxsize=1)
def _in_use() -> frozenset[str]:
    """What the CLDR knows as legal tender of a country today: without funds, metals and tests."""
    return frozenset(
        code
        for of_country in get_global("territory_currencies").values()
        for code, _since, until, is_tender in of_country
        if until is None and is_tender
    )


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """Each means itself and nothing else, which is told without all the names."""
    return frozenset(list_currencies())


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, code in _known():
        found[_folded(plain_signs(name))].add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()} | _SHARED


def _known() -> Iterator[tuple[str, str]]:
    """Names with their code. Those of the CLDR in each plural form; a code stands for itself."""
    for code in list_currencies():
        yield code, code
    for language in Language.values:
        locale = Locale.parse(language)
        for code in _in_use():
            if (sign := get_currency_symbol(code, locale)) not in _SIGNS:
                yield sign, code
            for count in (None, 1, 2, 5, 1.5):
                yield get_currency_name(code, count=count, locale=locale), code
    for code, names in _EVERYDAY.items():
        yield from ((name, code) for name in names.split("|"))


def _folded(name: str) -> str:
    return " ".join(name.replace(".", " ").split())


_SIGNS = {"¥", "$"}  # told by the two lists above, whatever a language makes of them
