"""What a reader's texts find in the register."""

from collections.abc import Iterable

from pyroaring import BitMap

from initiatives.editions.index import index
from initiatives.editions.search.names import named
from initiatives.editions.search.readings import readings, uzbek_words
from initiatives.editions.search.searching import Search
from initiatives.text import folding

search = Search()
"""The search of this process."""


def matching(texts: Iterable[str]) -> BitMap:
    """The positions of the editions, past and future ones too, that one of the texts finds.

    A text finds what has all of its words: in a text, in the code, in the names of a country, a
    sector or an organisation of the record, or in what is told of one of its events. So does
    another reading of it, see `readings`. A text without words finds nothing.
    """
    read = [one for text in texts for one in readings(text)]
    wanted = [folding.words(one) for one in read]
    uzbek = {word: meant for one in read for word, meant in uzbek_words(one).items()}
    rows = rows_of_words({word for words in wanted for word in words} | set(uzbek.values()))
    for word, meant in uzbek.items():
        if word in rows:
            rows[word] = rows[word] | rows[meant]
    found = (BitMap.intersection(*(rows[word] for word in words)) for words in wanted if words)
    return BitMap.union(BitMap(), *found)


def rows_of_words(words: Iterable[str]) -> dict[str, BitMap]:
    """The positions that each folded word finds, by texts, by names and by events."""
    words = sorted(words)
    rows = {word: search.rows(word) for word in words}
    by_name = named(words)
    if words:
        with index.reading() as reading:
            for word, keys in by_name.items():
                rows[word] = reading.of_records(rows[word]) | reading.naming(keys)
    return rows
