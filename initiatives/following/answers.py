"""How a machine that follows something is answered: with validators, and in plain words if not."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext as _
from django.views.generic import View

from initiatives.following.scopes import Moved, NotUnderstood, Withdrawn

PLAIN = "text/plain; charset=utf-8"
CACHE = "public, max-age=300"


@dataclass(frozen=True)
class Validators:
    """What tells two answers to one address apart: `state`, and the instant it was reached."""

    state: str | bytes
    modified: datetime | None

    def etag(self, request) -> str:
        """A strong ETag; an answer also depends on its language and on the name of the site."""
        address = request.build_absolute_uri()
        state = self.state if isinstance(self.state, bytes) else self.state.encode()
        told = f"{get_language()}\n{address}\n".encode()
        return quote_etag(hashlib.sha256(told + state).hexdigest()[:32])


def respond(request, validators: Validators, build):
    """What `build()` gives, or 304 where the client has it already; `build` then does not run."""
    etag = validators.etag(request)
    modified = validators.modified and int(validators.modified.timestamp())
    response = get_conditional_response(request, etag, modified) or build()
    response.headers["ETag"] = etag
    if validators.modified:
        response.headers["Last-Modified"] = http_date(validators.modified.timestamp())
    response.headers["Cache-Control"] = CACHE
    return _vary(request, response)


def not_understood(errors):
    """400 with one line for each thing that is wrong."""
    lines = [f"{name}: {message}\n" for name, messages in errors.items() for message in messages]
    return HttpResponse("".join(lines), PLAIN, status=400)


class FollowView(View):
    """Answers for one `scope`, a function of `following.scopes`; subclasses write the answer."""

    http_method_names = ["get", "head", "options"]
    scope = None

    def get(self, request, **kwargs):
        try:
            return self.answer(request, self.scope(request, **kwargs))
        except Moved as moved:
            view = request.resolver_match.view_name
            return redirect(view, permanent=True, **moved.kwargs)
        except Withdrawn as withdrawn:
            return _vary(request, _withdrawn(withdrawn.initiative))
        except NotUnderstood as refused:
            return _vary(request, not_understood(refused.errors))

    def answer(self, request, scope):
        raise NotImplementedError


def _withdrawn(initiative):
    reason = initiative.withdrawn_reason or _("No reason was given.")
    text = _("%(code)s was withdrawn.") % {"code": initiative.code}
    return HttpResponse(f"{text} {reason}\n", PLAIN, status=410)


def _vary(request, response):
    """Without a language in the path, the language is chosen by cookie and Accept-Language."""
    if get_language_from_path(request.path_info) is None:
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response
