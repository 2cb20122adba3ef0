"""The page that hands back what was posted while somebody could not save it."""

from django.contrib import admin
from django.http import HttpRequest, UnreadablePostError
from django.template.response import TemplateResponse


def send_again(request: HttpRequest, *, second_step_is_missing: bool = False) -> TemplateResponse:
    """The page that carries what was posted and sends it to the same address once more."""
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,  # a link beside the form would lead away from it
        "typed": typed_in(request),
        "files": files_in(request),
        "target": request.get_full_path(),
        "second_step_is_missing": second_step_is_missing,
    }
    headers = {"Cache-Control": "no-store"}
    return TemplateResponse(
        request, "admin/desk/send_again.html", context, status=403, headers=headers
    )


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """The posted fields as (name, value), without the token and without any password."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name.lower()
        for value in values
    ]


def files_in(request: HttpRequest) -> list[str] | None:
    """The names of what a page cannot hand back; None where the visitor went away while sending."""
    try:
        return [file.name or "" for _name, files in request.FILES.lists() for file in files]
    except UnreadablePostError:
        return None
