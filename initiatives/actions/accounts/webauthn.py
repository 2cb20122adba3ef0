"""What a device with passkeys is asked for, and whether its answer is to be believed (WebAuthn).

A device signs a challenge for one site with a key that never leaves it. The library of Yubico reads
and checks the answer; which passkey is whose, counters and histories are in `passkeys`.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from enum import Enum, auto
from typing import Any, NamedTuple, NoReturn

from django.contrib.auth.models import User
from django.utils.crypto import salted_hmac
from fido2.cose import ES256, RS256, EdDSA
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from initiatives.models import Passkey

ANSWER_WITHIN = 240_000  # milliseconds, after which the browser gives up
LONGEST_ANSWER = 20_000  # characters; an attestation with its certificates has some thousand
_LONGEST_KEY = 2_000  # bytes
_ALGORITHMS = {key.ALGORITHM for key in (ES256, EdDSA, RS256)}  # that all devices know
_TRANSPORTS = {"usb", "nfc", "ble", "smart-card", "hybrid", "internal"}


class Site(NamedTuple):
    """Where the officer is: the name that a passkey is bound to, and what a browser must tell."""

    host: str
    origin: str


class Why(Enum):
    """Why a passkey is not taken."""

    WRONG = auto()  # not an answer to what was asked, or not signed by this passkey
    UNKNOWN = auto()  # removed, or of somebody else
    UNVERIFIED = auto()  # the device did not make sure who holds it
    COPIED = auto()  # its counter went back
    LATE = auto()  # nothing was asked, or too long ago
    KNOWN = auto()  # is to be added, and was before
    TOO_MANY = auto()


class PasskeyRefused(Exception):
    """What a device answered is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.name)
        self.why = why


def creation_options(
    user: User, known: Iterable[Passkey], site: Site, challenge: bytes
) -> dict[str, Any]:
    """What a browser is asked so that a device of `user` makes a passkey beside those `known`."""
    options, _state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(
            # Stays on the device, so it tells nobody who the officer is.
            id=salted_hmac("initiatives.passkeys", str(user.pk), algorithm="sha256").digest(),
            name=user.get_username(),
            display_name=user.get_full_name() or user.get_username(),
        ),
        credentials=[_descriptor(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
        challenge=challenge,
    )
    return dict(options.public_key)


def request_options(
    site: Site, challenge: bytes, passkeys: Iterable[Passkey], *, as_only_step: bool = False
) -> dict[str, Any]:
    """What a browser is asked so that one of `passkeys` signs; any that it has, if there are none.

    As the only step the device must make sure who holds it, by finger, face or PIN.
    """
    options, _state = _server(site).authenticate_begin(
        credentials=[_descriptor(one) for one in passkeys] or None,
        user_verification=_verification(as_only_step),
        challenge=challenge,
    )
    return dict(options.public_key)


def checked(told: str, passkey: Passkey, site: Site, challenge: bytes) -> AuthenticatorData:
    """What the device signed. Raises PasskeyRefused if it is not for `challenge` and `site`."""
    known = AttestedCredentialData(_bytes(passkey.public_key))
    try:
        answer = AuthenticationResponse.from_dict(_read(told))
        _refuse_frames(answer.response.client_data)
        _server(site).authenticate_complete(_state(challenge), [known], answer)
    except PasskeyRefused:
        raise
    except Exception:  # it is parsed as it came, and fails in more ways than can be named
        _refuse()
    return answer.response.authenticator_data


def made(told: str, site: Site, challenge: bytes) -> Passkey:
    """The new passkey, not stored yet. Raises PasskeyRefused."""
    try:
        answer = RegistrationResponse.from_dict(_read(told))
        _refuse_frames(answer.response.client_data)
        data = _server(site).register_complete(_state(challenge), answer)
        known = data.credential_data
        if known is None or known.credential_id != answer.raw_id:
            _refuse()
        if known.public_key.ALGORITHM not in _ALGORITHMS or len(known) > _LONGEST_KEY:
            _refuse()
        ways = _read(told)["response"].get("transports") or []  # the library leaves it out
        transports = ",".join(sorted(_TRANSPORTS & {one for one in ways if isinstance(one, str)}))
    except PasskeyRefused:
        raise
    except Exception:  # see above
        _refuse()
    return Passkey(
        credential_id=_text(known.credential_id),
        public_key=_text(known),
        sign_count=data.counter,
        transports=transports,
    )


def _read(told: str) -> dict[str, Any]:
    if len(told) > LONGEST_ANSWER:
        _refuse()
    return json.loads(told)


def _refuse_frames(client_data: Any) -> None:
    """No page of ours stands in a frame of another site, so nothing is signed there."""
    if client_data.cross_origin:
        _refuse()


def _refuse() -> NoReturn:
    raise PasskeyRefused(Why.WRONG)


def _server(site: Site) -> Fido2Server:
    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=site.host, name=site.host),
        verify_origin=lambda origin: origin == site.origin,
    )
    server.timeout = ANSWER_WITHIN  # type: ignore[assignment]  # None at first, and so hinted
    server.allowed_algorithms = [one for one in server.allowed_algorithms if one.alg in _ALGORITHMS]
    return server


def _state(challenge: bytes) -> dict[str, Any]:
    """What the library keeps between question and answer."""
    return {"challenge": _text(challenge), "user_verification": None}


def _verification(is_must: bool) -> UserVerificationRequirement:
    return (
        UserVerificationRequirement.REQUIRED if is_must else UserVerificationRequirement.PREFERRED
    )


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    ways = filter(None, passkey.transports.split(","))
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY,
        id=_bytes(passkey.credential_id),
        transports=[AuthenticatorTransport(one) for one in ways] or None,
    )


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
