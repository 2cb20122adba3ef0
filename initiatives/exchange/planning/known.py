"""The codes that a cell may name, with the nearest one for a code that nobody knows."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.models import Country, Organisation, Sector


class Known:
    """The countries, sectors and organisations by their codes, read once for a file."""

    def __init__(self) -> None:
        self.country = frozenset(Country.objects.values_list("iso2", flat=True))
        self.sector = frozenset(Sector.objects.values_list("slug", flat=True))
        self.organisation = frozenset(Organisation.objects.values_list("slug", flat=True))


def demand(code: str, codes: Iterable[str]) -> str:
    """`code`, if it is one of `codes`. Raises ValidationError that suggests the nearest one."""
    codes = list(codes)
    if code in codes:
        return code
    lower = {one.lower(): one for one in codes}
    near = get_close_matches(code[:80].lower(), lower, n=1, cutoff=0.5)
    if near:
        message = _("“%(code)s” is not known. Did you mean “%(near)s”?")
        raise ValidationError(message % {"code": code[:40], "near": lower[near[0]]})
    raise ValidationError(_("“%(code)s” is not known. Add it first.") % {"code": code[:40]})
