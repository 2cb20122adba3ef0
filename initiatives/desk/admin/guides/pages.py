"""The page of a guide; every officer may read all of them."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.choices import DeskRole, Language
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.guides.contents import (
    ADMINISTRATOR,
    ROLES,
    jobs_of,
    role_of,
    texts,
    with_names,
)
from initiatives.translatable import Translatable


def guide(request: HttpRequest, role: str = "") -> HttpResponse:
    """The guide of `role`; without one the officer is led to that of the own role."""
    own = role_of(rights_of(request))
    if not role:
        return redirect("admin:guide_of", own)
    if role not in ROLES:
        raise Http404
    language = get_language() or Language.ENGLISH
    language = language if language in Language.values else Language.ENGLISH
    written = texts(language)
    before = ROLES[: ROLES.index(role)]
    context = {
        **admin.site.each_context(request),
        "title": f"{written['page']['title']}: {_label(role)}",
        "page": written["page"],
        "can": with_names(written["role"][role]["can"]),
        "jobs": jobs_of(role, language),
        "refused": written["refused"]["title"],
        "refusals": [with_names(step) for step in written["refused"]["steps"]],
        "lower": [(name, _label(name)) for name in before],
        "roles": _choice(own, role),
    }
    return TemplateResponse(request, "admin/guide.html", context)


def _choice(own: str, shown: str) -> list[tuple[str, Translatable, bool]]:
    """(role, its name, whether it is shown), the officer's own one first."""
    others = [name for name in ROLES if name != own]
    return [(name, _label(name), name == shown) for name in (own, *others)]


def _label(role: str) -> Translatable:
    if role == ADMINISTRATOR:
        return _("Administrator")
    return DeskRole[role.upper()].label
