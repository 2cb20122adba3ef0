"""The countries of a record in one line: who is no party says what it is instead."""

from collections.abc import Callable

from django import template

from initiatives.choices import PARTICIPANT_ROLES, PARTY_ROLES
from initiatives.models import Country, Initiative, InitiativeCountry

register = template.Library()


@register.simple_tag
def countries_of(initiative: Initiative) -> list[tuple[Country, str]]:
    """[(country, its other roles in words)], each country once, parties first, observers last.

    The words are empty for a party, whatever else it is.
    """
    roles: dict[Country, list[InitiativeCountry]] = {}
    for link in initiative.countries.all():
        roles.setdefault(link.country, []).append(link)
    return [(country, _in_words(roles[country])) for country in sorted(roles, key=_rank(roles))]


def _rank(roles: dict[Country, list[InitiativeCountry]]) -> Callable[[Country], tuple[bool, bool]]:
    def rank(country: Country) -> tuple[bool, bool]:
        held = {link.role for link in roles[country]}
        return not held.intersection(PARTY_ROLES), not held.intersection(PARTICIPANT_ROLES)

    return rank


def _in_words(links: list[InitiativeCountry]) -> str:
    if any(link.role in PARTY_ROLES for link in links):
        return ""
    return ", ".join(link.get_role_display().lower() for link in links)
