"""The errors that spreadsheets write into cells, in the languages of their menus."""

import re

# Those without a closing sign of their own have to be known; “#Н/Д” could be anything else.
_UNMARKED = (
    "#N/A #Н/Д #NV #N/D #N/B #YOK #НД #Н/A #N/А #ND #I/T #HIÁNYZIK #PUUTTUU! #SAKNAS! #I/R"
    " #GETTING_DATA #ОЖИДАНИЕ_ДАННЫХ #ЗАГРУЗКА_ДАННЫХ #DATEN_ABRUFEN #CHARGEMENT_DONNEES"
    " #BUSY #ЗАНЯТО #FEHLER #ERROR #ОШИБКА"
)
_KNOWN = frozenset(_UNMARKED.split())
# #NAME? #ИМЯ? #DIV/0! #¡DIV/0! #ДЕЛ/0! #VALUE! #ЗНАЧ! #REF! #ССЫЛКА! #NULL! #SPILL! #ПЕРЕНОС! …
_MARKED = re.compile(r"#[¡¿]?[^\W\d_](?:[^\W_]|[/_'’ .-]){1,28}[!?]")
_INSIDE = re.compile(r"(?<![\w#/])#[¡¿]?[^\W\d_](?:[^\W_]|[/_'’]){1,28}[!?](?![\w!?])")
_LIBRE_OFFICE = re.compile(r"(?:Err|Ошибка|Ош|Xato|Қате|Fehler):\s?\d{3}", re.I)
# The words of such errors, which may stand within a longer text: “Total: #REF!”.
_WORDS = frozenset(
    "NAME ИМЯ DIV/0 ДЕЛ/0 VALUE ЗНАЧ ЗНАЧЕН REF ССЫЛКА АДРЕС NULL ПУСТО NUM ЧИСЛО SPILL ПЕРЕНОС"
    " CALC ВЫЧИСЛ FIELD ПОЛЕ ERROR ОШИБКА BLOCKED CONNECT UNKNOWN WERT BEZUG ZAHL VALEUR NOM NOMBRE"
    " VALOR NOMBRE NUL NOME RIF ADR ARG".split()
)


def error_value(text: str, *, separator: str = "") -> str:
    """The error value that `text` is, or that one of its values is, or that stands in it as a word
    of its own; nothing if there is none."""
    if "#" not in text and ":" not in text:
        return ""
    values = text.split(separator) if separator else [text]
    whole = (one for one in map(str.strip, values) if _is_error(one))
    return next(whole, "") or _within(text)


def _is_error(text: str) -> bool:
    if text.upper() in _KNOWN or _LIBRE_OFFICE.fullmatch(text):
        return True
    return bool(_MARKED.fullmatch(text)) and text == text.upper()


def _within(text: str) -> str:
    found = (match[0] for match in _INSIDE.finditer(text))
    return next((one for one in found if one.strip("#¡¿!?").upper() in _WORDS), "")
