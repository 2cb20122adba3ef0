"""The titles that readers of one language see, in their alphabet."""

from collections.abc import Sequence

import numpy as np
from django.conf import settings

from initiatives.editions.index.columns import Column
from initiatives.editions.index.ranking import Ranking, by_code_points
from initiatives.editions.record import Text
from initiatives.text.alphabets import in_alphabet


def reading_order(language: str | None) -> tuple[str, ...]:
    """The languages in which a text is shown to a reader of `language`, the best one first."""
    fallbacks = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    reader = language or settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    return tuple(dict.fromkeys((reader, *fallbacks.get(reader, fallbacks["default"]))))


class Titles:
    """By place the title in the first language that has one; its rank, where none is 0."""

    def __init__(self, language: str) -> None:
        self._languages = reading_order(language)
        self._texts, self._numbers = [""], {"": 0}
        self._number = Column(np.int32)
        self._ranking = Ranking(self._texts, lambda texts: _in_alphabet(texts, language))

    def add(self, place: int, title: Text) -> None:
        texts = (getattr(title, code) for code in self._languages)
        self._number[place] = self._number_of(next(filter(None, texts), ""))

    def text(self, place: int) -> str:
        return self._texts[self._number[place]]

    def ranks(self, places: np.ndarray) -> np.ndarray:
        return self._ranking.ranks()[self._number[places]]

    def rank_of(self, text: str) -> int:
        number = self._number_of(text)
        return int(self._ranking.ranks()[number])

    def _number_of(self, text: str) -> int:
        if (number := self._numbers.get(text)) is None:
            number = self._numbers[text] = len(self._texts)
            self._texts.append(text)
        return number


def _in_alphabet(texts: Sequence[str], language: str) -> np.ndarray:
    return by_code_points([in_alphabet(text, language) for text in texts])
