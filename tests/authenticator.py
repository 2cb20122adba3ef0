"""A device with passkeys, in software: it answers what a page asks of a browser."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAGS = AuthenticatorData.FLAG


def in_text(data):
    return urlsafe_b64encode(data).decode().rstrip("=")


def in_bytes(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """Makes keys and signs with them. What a test sets differently, it answers differently."""

    def __init__(self, origin="http://localhost", host="localhost"):
        self.origin, self.host = origin, host
        self.verifies, self.is_framed = True, False
        self.counter = 0  # of a synchronised passkey it stays so
        self.key, self.id = ec.generate_private_key(ec.SECP256R1()), b""

    def create(self, options, *, id=b"\x01" * 16):
        """The answer to a page that wants a new passkey."""
        self.id = id
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(b"\0" * 16, id, public)
        data = self._data(made)
        client = self._client(CollectedClientData.TYPE.CREATE, options)
        told = {
            "clientDataJSON": in_text(client),
            "attestationObject": in_text(AttestationObject.create("none", data, {})),
            "transports": ["internal", "hybrid", "never heard of"],
        }
        return self._answer(told)

    def get(self, options, *, type=CollectedClientData.TYPE.GET):
        """The answer to a page that wants a passkey to sign."""
        data, client = self._data(), self._client(type, options)
        signed = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        told = {
            "clientDataJSON": in_text(client),
            "authenticatorData": in_text(data),
            "signature": in_text(signed),
        }
        return self._answer(told)

    def _answer(self, told):
        name = in_text(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": told})

    def _data(self, made=b""):
        flags = FLAGS.UP | (FLAGS.AT if made else FLAGS(0))
        flags |= FLAGS.UV if self.verifies else FLAGS(0)
        return AuthenticatorData.create(
            sha256(self.host.encode()).digest(), flags, self.counter, made
        )

    def _client(self, type, options):
        return CollectedClientData.create(
            type, in_bytes(options["challenge"]), self.origin, cross_origin=self.is_framed
        )
