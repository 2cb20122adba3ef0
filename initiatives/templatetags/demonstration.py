"""Whether the page belongs to a training copy, and who may sign in to it."""

from django import template

from initiatives import demonstration
from initiatives.translatable import Translatable

register = template.Library()


@register.simple_tag
def is_demonstration() -> bool:
    return demonstration.is_demonstration()


@register.simple_tag
def training_password() -> str:
    return demonstration.PASSWORD


@register.simple_tag
def training_officers() -> list[tuple[str, Translatable | None]]:
    """[(user name, role)]; the administrator has no role on a desk."""
    roles = demonstration.OFFICERS.items()
    return [(name, None if role is None else role.label) for name, role in roles]
