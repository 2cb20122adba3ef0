"""Texts whose bytes were read in a wrong encoding: “РџСЂРѕРµРєС‚” for “Проект”.

What Western encodings make of UTF-8 is found by ftfy. What Cyrillic ones make of it is found here,
since ftfy needs more of a text than a title of one word, and knows neither cp866 nor KOI8-R: UTF-8
is so strict that several letters in a row are hardly ever its bytes by chance.
"""

import re
from functools import cache, partial
from string import punctuation

import ftfy
from ftfy import TextFixerConfig

_WESTERN = TextFixerConfig(fix_c1_controls=False)
# Codec → the letters in a row that are proof. In cp1251 two of them take a capital in the middle
# of a word; the others make letters of dashes and frames, or leave words to ftfy.
_PROOF = {"cp1251": 2, "cp866": 3, "koi8_r": 3, "mac_cyrillic": 4, "cp1252": 99, "cp1250": 99}
_LETTERS = "а-яА-ЯёЁЄєІіЇїЎўҐґҒғҚқҢңҮүҰұҲҳҺһӘәӨө"
# What texts of ours are made of. Nothing that ftfy knows, or that has frames, looks like it.
_USUAL = re.compile(f"[\0-\x7f\xa0{_LETTERS}«»“”„‘’–—…№ʻʼ]*")
_OF_USUAL = ("cp1251", "mac_cyrillic")
# Signs of three bytes that texts of ours have: dashes, quotation marks, №, currencies, arrows.
_SIGN = re.compile("[\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2116\u2122\u2190-\u2193\u2212]")
_INSIDE = re.compile("^[ʻʼ]")  # as in Oʻzbekiston
# A Cyrillic word whose letters were taken for those of Western Europe: “Ïðîåêò” for “Проект”.
_NO_LATIN = "A-Za-z\u0100-\uffff"
_ACCENTED = re.compile(f"(?<![{_NO_LATIN}])[À-ÿ¸¨]+(?![{_NO_LATIN}])")
_ENOUGH = 4  # letters of such a word
_LAYERS = 3  # times that a text may have been encoded
_LOST_BYTE = "\x98\ufffd"  # what Windows-1251 has no letter for, and И needs


def decoded(text: str) -> str:
    """`text` as it was before it was encoded once too often; itself if it was not."""
    for _layer in range(_LAYERS):
        once = _decoded(text)
        if once == text:
            break
        text = once
    return text


def _decoded(text: str) -> str:
    if text.isascii():
        return text
    is_usual = _USUAL.fullmatch(text)
    for codec in _OF_USUAL if is_usual else _PROOF:
        runs = _runs(codec)
        if any(_is_proof(run, codec) for run in runs.finditer(text)):
            return runs.sub(partial(_read_run, codec), text)
    if is_usual:
        return text
    found = ftfy.fix_encoding(text, _WESTERN)
    return found if found != text else _in_cyrillic(text)


@cache
def _runs(codec: str) -> re.Pattern[str]:
    """What `codec` makes of characters that have two or three bytes in UTF-8, one after another."""

    def one_of(first: int, last: int) -> str:
        signs = "".join(_character(number, codec) for number in range(first, last + 1))
        return f"[{re.escape(signs)}]"

    more = one_of(0x80, 0xBF)
    some = [one_of(0xC2, 0xDF) + more, one_of(0xE2, 0xE2) + more + more]
    if codec == "cp1251":
        some.append("Р(?=[РС])")  # И without the byte that got lost
    return re.compile(f"(?:(?:{'|'.join(some)})[ -~]?)+")


def _character(number: int, codec: str) -> str:
    """The character for a byte, and what stands for a byte that the encoding leaves empty."""
    try:
        return bytes([number]).decode(codec)
    except UnicodeDecodeError:
        return _LOST_BYTE


def _read_run(codec: str, run: re.Match[str]) -> str:
    return _read(run[0], codec)


def _read(run: str, codec: str) -> str:
    return "".join(_read_word(part, codec) for part in re.split("( )", run))


def _read_word(word: str, codec: str) -> str:
    """`word` with its bytes taken for UTF-8, or as it is if it is a word of its own."""
    letters = "".join(filter(str.isalpha, word))
    is_word = len(letters) == len(word.strip(punctuation)) > 2
    if is_word and (letters.isupper() or letters.islower()):
        return word  # ТІРІ would be Ҳв
    if codec == "cp1251":
        word = re.sub("Р(?=[РС])", "Р\x98", word)
    try:
        return b"".join(_byte(sign, codec) for sign in word).decode()
    except UnicodeDecodeError:
        return word


def _byte(sign: str, codec: str) -> bytes:
    return b"\x98" if sign in _LOST_BYTE else sign.encode(codec)


def _is_proof(run: re.Match[str], codec: str) -> bool:
    """Whether so much of UTF-8 stands in a row that it cannot be chance.

    Words that stay as they are prove nothing, and a run may begin with one: КІШІ of КІШІ МІНДЕТ.
    """
    words = [(word, _read_word(word, codec)) for word in run[0].split(" ")]
    found = " ".join(read for word, read in words if read != word)
    if not found:
        return False
    if codec == "cp1251" and _SIGN.search(found):
        return True
    if re.search(f"[{_LETTERS}]{{{_PROOF[codec]}}}", found):
        return True
    before = run.string[: run.start()][-1:]
    return bool(before.isascii() and before.isalpha() and _INSIDE.match(words[0][1]))


def _in_cyrillic(text: str) -> str:
    words = _ACCENTED.findall(text)
    if not any(len(word) >= _ENOUGH and _looks_written(_as_cyrillic(word)) for word in words):
        return text
    return _ACCENTED.sub(lambda word: _as_cyrillic(word[0]), text)


def _as_cyrillic(word: str) -> str:
    return word.encode("cp1252").decode("cp1251")


def _looks_written(word: str) -> bool:
    return len(set(word)) > 2 and (word.islower() or word.istitle() or word.isupper())
