"""A document of a source as an answer: always a download, and never anything that runs or shows.

Whatever a browser makes of it, it runs in a sandbox without scripts, forms and our origin.
"""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from initiatives import document_store
from initiatives.document_types import download_name

POLICY = "default-src 'none'; sandbox"


def download(
    request: HttpRequest, sha256: str, *, name: str, media_type: str, cache_control: str
) -> HttpResponseBase | None:
    """The document with this digest, or 304 to who has it; None where its file is not there.

    The digest is the strong validator (RFC 9110, section 8.8.3): the same bytes for good.
    """
    file = document_store.opened(sha256)
    if file is None:
        return None
    etag = f'"{sha256}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag)
    if answer is None:
        called = download_name(name, media_type)
        answer = FileResponse(file, as_attachment=True, filename=called, content_type=media_type)
    else:
        file.close()
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = cache_control
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
