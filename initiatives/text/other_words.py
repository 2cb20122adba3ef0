"""Words that readers type and records do not: abbreviations and everyday names of what records call
otherwise, in four languages.

Names of countries, sectors and organisations have no place here: the desk keeps their aliases.
"""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from initiatives.text.endings import is_form_of, stems
from initiatives.text.folding import fold

# What is typed: what records say, in English, Russian, Uzbek and Kazakh.
_GROUPS = {
    "МПК|IGC|ҮАК|межправкомиссия": (
        "intergovernmental commission|межправительственная комиссия"
        "|hukumatlararo komissiya|үкіметаралық комиссия"
    ),
    "СП|JV|БК": "joint venture|совместное предприятие|qoʻshma korxona|бірлескен кәсіпорын",
    "ЦА": "Central Asia|Центральная Азия|Markaziy Osiyo|Орталық Азия",
    "mine|mines|mining industry|minerals|рудник|шахта|горная промышленность|кен өндіру"
    "|полезные ископаемые|foydali qazilmalar|qazilma boyliklar|пайдалы қазбалар": (
        "mining|горнодобывающий|togʻ-kon|тау-кен"
    ),
    "полив|водоснабжение полей|watering|вода|воды|water|suv|су": (
        "irrigation|орошение|sugʻorish|суару"
    ),
    "сельхоз|farming|farm|farms|farmer|фермер|фермерство|fermer|dehqon|dehqonchilik|АПК": (
        "agriculture|сельское хозяйство|qishloq xoʻjaligi|ауыл шаруашылығы"
    ),
    "студент|учёба|обучение|student|school|школа|maktab|мектеп|oʻqish|оқу|talaba": (
        "education|образование|taʼlim|білім"
    ),
    # Written together or apart, and with another vowel between.
    "двухсторонний|ikkitomonlama|екі жақты": "bilateral|двусторонний|ikki tomonlama|екіжақты",
    "трёхсторонний|uchtomonlama|үш жақты": "trilateral|трёхсторонний|uch tomonlama|үшжақты",
    # Its forms share less than a stem: день, дня, днём, дней.
    "день|дня|дню|днём|дне|дни|дней|дням|днями|днях": "день|дня|днём|дни|дней",
    "commerce|коммерция": "trade|торговля|savdo|сауда",
    "турист|turist|tourist": "tourism|туризм|turizm",
    "электричество": "electricity|электроэнергия|elektr energiyasi|электр энергиясы",
    "вуз|вузы|вузов": "university|университет|oliy taʼlim|жоғары оқу орны",
    "жд|railroad": "railway|железная дорога|temir yoʻl|теміржол",
    "ГЭС|HPP|GES": ("hydropower|гидроэлектростанция|gidroelektr stansiyasi|гидроэлектр станциясы"),
    "АЭС|NPP|AES": (
        "nuclear power|атомная электростанция|atom elektr stansiyasi|атом электр станциясы"
    ),
    "СЭС": "solar power|солнечная электростанция|quyosh elektr stansiyasi|күн электр станциясы",
    "ВЭС": "wind power|ветровая электростанция|shamol elektr stansiyasi|жел электр станциясы",
    "ЗСТ|FTA": "free trade|свободная торговля|erkin savdo|еркін сауда",
    "СЭЗ|SEZ": (
        "special economic zone|специальная экономическая зона"
        "|maxsus iqtisodiy zona|арнайы экономикалық аймақ"
    ),
    "MoU": (
        "memorandum of understanding|меморандум о взаимопонимании"
        "|oʻzaro anglashuv memorandumi|өзара түсіністік туралы меморандум"
    ),
    "ТЭО": (
        "feasibility study|технико-экономическое обоснование"
        "|texnik-iqtisodiy asoslash|техникалық-экономикалық негіздеме"
    ),
    "КПП": "border crossing|пункт пропуска|oʻtkazish punkti|өткізу пункті",
}
_SHORT = 4  # letters up to which nothing but the very word is meant: ВЭС, but not вес


class _Typed(NamedTuple):
    words: tuple[str, ...]
    said: tuple[str, ...]


def in_other_words(text: str) -> list[str]:
    """The text with each word that is typed and not written in records as records say it: one text
    for each way to say it. Nothing where it has no such word."""
    words = [word.replace("/", "") for word in text.casefold().split()]  # ж/д
    ways: list[tuple[str, ...]] = []
    place = 0
    while place < len(words):
        found = _found(words[place : place + 2])
        ways.append(found.said if found else (words[place],))
        place += len(found.words) if found else 1
    number = max((len(way) for way in ways), default=1)
    if number == 1:
        return []
    return [" ".join(way[min(n, len(way) - 1)] for way in ways) for n in range(number)]


def _found(words: list[str]) -> _Typed | None:
    """What the first word begins, or the first two."""
    near = [typed for stem in stems(fold(words[0])) for typed in _by_stem().get(stem, ())]
    for typed in sorted(near, key=lambda one: -len(one.words)):
        if len(words) >= len(typed.words) and all(map(_is_meant, typed.words, words)):
            return typed
    return None


def _is_meant(word: str, typed: str) -> bool:
    return word == typed or (len(word) > _SHORT and is_form_of(fold(word), fold(typed)))


@cache
def _by_stem() -> dict[str, list[_Typed]]:
    found: dict[str, list[_Typed]] = defaultdict(list)
    for keys, said in _GROUPS.items():
        for one in keys.split("|"):
            words = tuple(one.casefold().split())
            for stem in stems(fold(words[0])):
                found[stem].append(_Typed(words, tuple(said.split("|"))))
    return dict(found)
