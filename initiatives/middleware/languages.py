"""The language of an answer."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language


class LanguageOfAddress(LocaleMiddleware):
    """Django's, but it sends on to a language only from addresses that lack one.

    Files are found without a language too. There a page past the end or a code that is not public
    is a 404, while Django would redirect to the same file below a prefix.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code != 404 or getattr(request, "resolver_match", None) is None:
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", get_language())
        patch_vary_headers(response, ("Accept-Language",))
        return response
