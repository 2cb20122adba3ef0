"""Names of parameters: which of those given an address does not take, and which may be meant.

Every view declares the names that it takes as `takes`, and a name that is not among them is an
error, as a value is that cannot be understood: `?contry=UZ` must not show everything.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.text.plain_text import clean_line

AS_OF = ("as_of",)
_NAMED = 5  # unknown names, of which more tell nobody more
_SHOWN = 40  # characters of a name
# What networks, mail and counters of visits add to the links that people share.
_TRACKING = frozenset(
    "_branch_match_id _ga _gl _hsenc _hsmi _ke _openstat dclid epik etext fb_action_ids fb_source "
    "fbclid gad_campaignid gad_source gbraid gclid gclsrc igsh igshid li_fat_id mc_cid mc_eid "
    "mkt_tok msclkid oly_anon_id oly_enc_id openstat rb_clickid ref_src ref_url s_cid sc_cid "
    "srsltid ttclid twclid vero_conv vero_id wbraid wickedid yadclid yadordid yclid ymclid "
    "ysclid".split()
)
_TRACKING_FAMILIES = ("utm_", "mtm_", "pk_", "piwik_", "hsa_", "_ym_", "_x_tr_", "__hs", "__cf_")
# Letters of other alphabets that look like ours.
_ALIKE = str.maketrans("асеорхуікмтнвѕјԁһɡԛԝ", "aceopxyikmthbsjdhgqw")
_OTHERWISE = {
    "q": "find keyword keywords query search searchtext term text words",
    "page_size": "count limit pagelimit pagesize perpage rows size",
    "page": "offset p pagenumber pageno start",
    "cursor": "after before offset page start",
    "sort": "order orderby ordering sortby sorting",
    "country": "countries iso2",
    "organisation": "org organization",
    "as_of": "asat date day on",
    "updated_since": "changedsince modifiedsince since",
    "from": "begin first fromdate since start",
    "to": "end last todate until",
    "lang": "language locale",
    "columns": "fields",
    "fields": "columns",
}
_NO_LETTER = re.compile(r"[^a-z0-9]")


def unknown(request: HttpRequest, takes: Iterable[str]) -> dict[str, list[str]]:
    """What is wrong with each parameter of `request` that is not among the names `takes`.

    The keys are the names, cleaned and cut; "" is the key of what belongs to no single name.
    """
    if getattr(request, "has_too_many_parameters", False):
        return {"": [_("The address has too many parameters.")]}
    known = tuple(takes)
    names = [name for name in request.GET if name not in known and not _is_tracking(name)]
    found = {_short(name): [_error(name, known)] for name in names[:_NAMED]}
    return found | _others(len(names) - _NAMED)


def _others(number: int) -> dict[str, list[str]]:
    if number <= 0:
        return {}
    text = ngettext(
        "%(number)s more parameter is not known here.",
        "%(number)s more parameters are not known here.",
        number,
    )
    return {"": [text % {"number": number}]}


def _is_tracking(name: str) -> bool:
    folded = name.casefold()
    return folded in _TRACKING or folded.startswith(_TRACKING_FAMILIES)


def _error(name: str, known: tuple[str, ...]) -> str:
    near = nearest(name, known)
    told = {"name": _short(name), "near": near, "known": ", ".join(known)}
    if near:
        return _("“%(name)s” is not a parameter of this address. Did you mean “%(near)s”?") % told
    if known:
        return _("“%(name)s” is not a parameter of this address. It takes: %(known)s.") % told
    return _("“%(name)s” is not a parameter of this address, which takes none.") % told


def nearest(name: str, known: Iterable[str]) -> str:
    """The name among `known` that `name` most likely means, or ""."""
    plain = _plain(name[:_SHOWN])
    names = {_plain(one): one for one in known}
    if plain in names:
        return names[plain]
    for one in names.values():
        if plain in _OTHERWISE.get(one, "").split():
            return one
    within = [one for one in names if len(plain) > 2 < len(one) and (plain in one or one in plain)]
    close = get_close_matches(plain, names, 1) or within[:1]
    return names[close[0]] if close else ""


def _plain(name: str) -> str:
    """`name` in small Latin letters and digits, whatever case, alphabet and signs it has."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_ALIKE)
    return _NO_LETTER.sub("", folded)


def _short(name: str) -> str:
    text = clean_line(name)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
