"""Words that stand in dates of the four languages, and what each of them means."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from babel import Locale

from initiatives.choices import Language
from initiatives.notation.signs import plain_signs


class Meaning(Enum):
    MONTH = auto()
    QUARTER = auto()
    HALF = auto()
    ORDINAL = auto()
    ENDING = auto()  # of a number: 1st, 3-й
    YEAR = auto()  # the word, not its number
    LINK = auto()


@dataclass(frozen=True)
class Word:
    """`number` is which month, quarter, half-year or ordinal it is; 0 if that stands beside it."""

    meaning: Meaning
    number: int = 0


# Beside the names that the CLDR has: the months in the case that answers “when”, in letters of
# Uzbek that some still use, and short forms of everyday.
_MONTHS = (
    "январе yanvarda қаңтарда январ",
    "фев феврале fevralda ақпанда феврал",
    "мар марте martda наурызда",
    "апреле aprelda сәуірде апрел",
    "мае mayda мамырда",
    "июне iyunda маусымда iyun",
    "июле iyulda шілдеде iyul",
    "августе avgustda тамызда",
    "сен сентябре sentabrda sentyabr sept қыркүйекте сентябр",
    "октябре oktabrda oktyabr қазанда октябр",
    "ноя ноябре noyabrda қарашада ноябр",
    "декабре dekabrda желтоқсанда декабр",
)
_OTHERS = {
    Meaning.QUARTER: "quarter qtr квартал квартала квартале кварталы кв chorak choragi choragida "
    "чорак тоқсан тоқсаны тоқсанда",
    Meaning.HALF: "half полугодие полугодия полугодии п/г yarmi yarim yarimyillik жартысы "
    "жартыжылдық жартыжылдығы",
    Meaning.YEAR: "year г год года году yil yili yilning yilda yilgi йил йили ж жыл жылы жылғы "
    "жылдың жылда",
    Meaning.LINK: "of the в во",
    Meaning.ENDING: "st nd rd th й я е го ый ое ая ом ші шы інші ыншы chi inchi nchi",
}
_ORDINALS = (
    "i first первый первое первая первого первом birinchi бірінші",
    "ii second второй второе вторая второго втором ikkinchi екінші",
    "iii third третий третья третье третьего третьем uchinchi үшінші",
    "iv fourth четвертый четвёртый четвертого четвёртого четвертом четвёртом to'rtinchi төртінші",
)


def _known() -> Iterator[tuple[str, Word]]:
    for language in Language.values:
        months = Locale.parse(language).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    yield plain_signs(name).rstrip("."), Word(Meaning.MONTH, number)
    for number, names in enumerate(_MONTHS, start=1):
        yield from ((name, Word(Meaning.MONTH, number)) for name in names.split())
    for meaning, names in _OTHERS.items():
        yield from ((name, Word(meaning)) for name in names.split())
    for number, names in enumerate(_ORDINALS, start=1):
        yield from ((name, Word(Meaning.ORDINAL, number)) for name in names.split())
    for letter, meaning, most in (("q", Meaning.QUARTER, 4), ("h", Meaning.HALF, 2)):
        for number in range(1, most + 1):
            yield f"{letter}{number}", Word(meaning, number)
            yield f"{number}{letter}", Word(meaning, number)


WORDS = dict(_known())
