"""Documents of public sources, each under its SHA-256."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives.document_store import is_digest
from initiatives.editions.files import PublicFile, public_file
from initiatives.http.caching import CACHE_CONTROL
from initiatives.http.downloads import download
from initiatives.public.pages.list_query import without_parameters


@without_parameters
@require_safe
def document(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The document as a download. 410 with the reason for one that the public had and has no more,
    404 for any other."""
    found = public_file(sha256) if is_digest(sha256) else None
    if found is None or not found.was_public:
        raise Http404(_("There is no such document."))
    if found.cited is None:
        return _gone(request, found)
    cited = found.cited
    answer = download(
        request,
        sha256,
        name=cited.document_name,
        media_type=cited.document_type,
        cache_control=CACHE_CONTROL,
    )
    if answer is None:
        raise Http404(_("The file of this document is not at its place at the moment."))
    return answer


def _gone(request: HttpRequest, found: PublicFile) -> HttpResponseBase:
    context = {"removal": found.removal}
    answer = render(request, "document_gone.html", context, status=410)
    answer.headers["Cache-Control"] = "no-cache"
    return answer
