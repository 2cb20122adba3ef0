"""Passwords that everybody who knows the site would try first."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.reference_data import codes, country_names

# What the site is, and who works there, in its languages.
_NAMES = """
    tracker cooperation initiative initiatives register registry desk ministry government
    administrator admin publisher reviewer editor viewer officer password
    трекер сотрудничество инициатива инициативы реестр министерство правительство администратор
    админ редактор сотрудник пароль
    hamkorlik tashabbus reyestr vazirlik hukumat muharrir xodim parol
    ынтымақтастық бастама тізілім министрлік үкімет әкімші редактор қызметкер құпиясөз
""".split()
_SHORTEST_WORD = 4  # of a name of the site, such as “gov” is none
_ENOUGH = 4  # letters beside such names


class SiteWordsValidator:
    """One of AUTH_PASSWORD_VALIDATORS: names of the site, of its work and of countries are no
    password, with figures and signs between them or not. A part of a longer one they may be."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        rest = letters = _letters(password)
        for word in _known(tuple(settings.ALLOWED_HOSTS)):
            rest = rest.replace(word, " ")
        if rest != letters and len(rest.replace(" ", "")) < _ENOUGH:
            text = _(
                "This password is made of names that belong to the site, to its work or to "
                "countries. Add words that have nothing to do with them."
            )
            raise ValidationError(text, code="password_of_site")

    def get_help_text(self) -> str:
        return _(
            "Your password can’t be made only of names that belong to the site, to its work or to "
            "countries."
        )


@cache
def _known(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Longest first, so that no shorter one leaves a part of it."""
    of_countries = (name for code in codes() for name in country_names(code).values())
    words = {_letters(name) for name in (*_NAMES, *_of_hosts(hosts), *of_countries)}
    return tuple(sorted(filter(None, words), key=lambda word: (-len(word), word)))


def _of_hosts(hosts: Iterable[str]) -> Iterable[str]:
    parts = (part for host in hosts for part in re.split(r"[^\w]+|_", host))
    return (part for part in parts if len(_letters(part)) >= _SHORTEST_WORD)


def _letters(text: str) -> str:
    """Without case, figures, and the signs that some write in Uzbek and others do not."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign) in ("Ll", "Lo"))
