"""The options of filters, of which a list has hundreds: a template took half of the time of a list
for them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from initiatives.public.facets import Option

register = template.Library()

_LINE = """<li{0}><label class="option"><input
type="checkbox" id="choose-{1}-{2}" name="{1}"
value="{2}"{3}><span class="option-label">{4}</span>
<span class="option-count" data-count="{5}">{5}</span></label></li>
"""
_PART, _CHOSEN, _NOTHING = map(mark_safe, (' class="option-part"', " checked", ""))


@register.simple_tag
def options_of(name: str, options: Iterable[Option]) -> SafeString:
    """The `options` of the filter `name` as the items of a list, each a box to tick."""
    return format_html_join(_NOTHING, _LINE, (_told(name, option) for option in options))


def _told(name: str, option: Option) -> tuple[str, ...]:
    part, chosen = _PART if option.whole else _NOTHING, _CHOSEN if option.chosen else _NOTHING
    return part, name, option.value, chosen, option.label, str(option.count)
