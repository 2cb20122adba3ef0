"""Texts that were typed while the keyboard was set to another alphabet: “rfpf[cnfy”."""

_ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_RUSSIAN = str.maketrans(_ENGLISH, _RUSSIAN)
_TO_ENGLISH = str.maketrans(_RUSSIAN, _ENGLISH)


def on_other_keyboard(text: str) -> str:
    """What the same keys write on the Russian keyboard, or on the English one; in small letters.
    Nothing where they write no other text."""
    small = text.casefold()
    has_russian = any(letter in _RUSSIAN for letter in small)
    other = small.translate(_TO_ENGLISH if has_russian else _TO_RUSSIAN)
    return "" if other == small else other
