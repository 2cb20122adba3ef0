"""A page asks the browser for a passkey, and is sent what a device answered.

The question lies in the session: for one purpose, for some minutes, and until the first answer.
"""

import ipaddress
import secrets
from base64 import b64decode, b64encode
from time import time
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.http.request import split_domain_port
from django.utils.translation import gettext as _

from initiatives.actions.accounts import passkeys, webauthn
from initiatives.actions.accounts.webauthn import PasskeyRefused, Site, Why
from initiatives.choices import AccountAct
from initiatives.desk.admin.sign_in import attempts
from initiatives.models import Passkey

# What a script posts to be asked, and the field of a form with the answer.
BEGIN, FIELD = "begin_passkey", "passkey"
# What a passkey is asked for.
ONLY_STEP, SECOND_STEP, PROOF, NEW = "only step", "second step", "proof", "new passkey"
_ASKED = "passkey_asked"  # in the session
ASKED_FOR = 300  # seconds


def site_of(request: HttpRequest) -> Site | None:
    """The name under which the desk was opened; None where that is a number, or lacks TLS.

    ALLOWED_HOSTS has let it through. A passkey is bound to it by browser and device, so that one
    for a wrong name would not work at the right one.
    """
    address = request.get_host().lower()
    host = split_domain_port(address)[0]
    is_local = host == "localhost" or host.endswith(".localhost")
    if _is_number(host) or not (request.is_secure() or is_local):
        return None
    return Site(host, f"{request.scheme}://{address}")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def question(request: HttpRequest, purpose: str, user: User | None = None) -> JsonResponse:
    """What the script of a page gives to the browser; 409 where no passkey can be used here."""
    site = site_of(request)
    if site is None:
        return JsonResponse({}, status=409)
    challenge = secrets.token_bytes(32)
    request.session[_ASKED] = {
        "purpose": purpose,
        "challenge": b64encode(challenge).decode(),
        "at": int(time()),
    }
    options = _options(site, challenge, purpose, user)
    return JsonResponse(options, headers={"Cache-Control": "no-store"})


def _options(site: Site, challenge: bytes, purpose: str, user: User | None) -> dict[str, Any]:
    known = passkeys.at(site, passkeys.passkeys_of(user)) if user is not None else []
    if purpose == NEW and user is not None:
        return webauthn.creation_options(user, known, site, challenge)
    return webauthn.request_options(site, challenge, known, as_only_step=purpose == ONLY_STEP)


def is_late(request: HttpRequest, purpose: str) -> bool:
    """Whether an answer for `purpose` comes too late, or was not asked for: nothing that was signed
    is looked at then, so it counts as no wrong try. The question waits for no other answer."""
    asked = request.session.get(_ASKED)
    if site_of(request) is not None and _is_open(asked, purpose):
        return False
    request.session.pop(_ASKED, None)
    return True


def _is_open(asked: dict[str, Any] | None, purpose: str) -> bool:
    return (
        asked is not None and asked["purpose"] == purpose and 0 <= time() - asked["at"] < ASKED_FOR
    )


def challenge_of(request: HttpRequest, purpose: str) -> bytes | None:
    """What was asked for `purpose`, once; None where nothing was, or too long ago."""
    asked = request.session.pop(_ASKED, None)
    return b64decode(asked["challenge"]) if _is_open(asked, purpose) else None


def accepted(request: HttpRequest, purpose: str, user: User | None = None) -> Passkey:
    """The passkey with which the posted form was answered, one of `user` where there is one.

    Nothing is counted here. Raises PasskeyRefused.
    """
    site, challenge = site_of(request), challenge_of(request, purpose)
    if site is None or challenge is None:
        raise PasskeyRefused(Why.LATE)
    return passkeys.accept(
        request.POST.get(FIELD, ""),
        site=site,
        challenge=challenge,
        user=user,
        as_only_step=purpose == ONLY_STEP,
    )


def counted(request: HttpRequest, purpose: str, user: User | None = None) -> Passkey:
    """See `accepted`; what is wrong is counted like wrong codes, and beyond their limit nothing is
    looked at: then the middleware answers 429. See `is_late` for what is not counted."""
    if is_late(request, purpose):
        raise PasskeyRefused(Why.LATE)
    claimed = passkeys.named_in(request.POST.get(FIELD, ""))
    account = user or (claimed.user if claimed is not None else User())
    if not attempts.looks_at(request, account, AccountAct.WRONG_PASSKEY):
        raise PasskeyRefused(Why.WRONG)
    try:
        return accepted(request, purpose, user)
    except PasskeyRefused:
        attempts.was_wrong(request, account)
        raise


def context_for(request: HttpRequest, user: User) -> dict[str, Any]:
    """What templates/admin/desk/passkey_button.html needs where `user` shows a passkey."""
    site = site_of(request)
    mine = passkeys.passkeys_of(user)
    return {
        "passkey_site": site,
        "passkeys": mine,
        "passkeys_here": passkeys.at(site, mine),
    }


def in_words(refused: PasskeyRefused) -> str:
    """What is told of it, with what to do."""
    return {
        Why.LATE: _(
            "The passkey was asked for too long ago, or in another tab. Please try once more."
        ),
        Why.WRONG: _("The passkey could not be checked. Please try once more."),
        Why.UNKNOWN: _(
            "This passkey is not known here: it was removed, or belongs to another account. Take "
            "another one, or sign in without it."
        ),
        Why.UNVERIFIED: _(
            "The device did not ask for a finger, a face or a PIN. Sign in with your password; "
            "then this passkey can be the second step."
        ),
        Why.COPIED: _(
            "This passkey was refused: its counter went back, as if there were a copy of it. Sign "
            "in with a code, remove this passkey, and tell an administrator."
        ),
        Why.KNOWN: _("This passkey was added before."),
        Why.TOO_MANY: _("There are as many passkeys as there can be. Remove one first."),
    }[refused.why]
