"""An authenticator in plain Python: answers as a passkey would, and also as a false one might."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, ATTESTED = 0x01, 0x40


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class SoftPasskey:
    """`origin` and `site` are what the browser would say of the page that asks."""

    origin: str = "http://127.0.0.1:8000"
    site: str = "127.0.0.1"
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        held = self.id + cbor2.dumps(self._cose())
        data = self._data(PRESENT | ATTESTED) + bytes(16) + len(self.id).to_bytes(2, "big") + held
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._said(client, attestationObject=_text(attestation))

    def answered(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`."""
        self.count += 1
        client = self._client("webauthn.get", options["challenge"])
        data = self._data(PRESENT)
        signed = data + hashlib.sha256(client).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._said(client, authenticatorData=_text(data), signature=_text(signature))

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps({**said, "crossOrigin": False}).encode()

    def _data(self, flags: int) -> bytes:
        count = self.count.to_bytes(4, "big")
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + count

    def _cose(self) -> dict[int, Any]:
        at = self.key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: at.x.to_bytes(32, "big"), -3: at.y.to_bytes(32, "big")}

    def _said(self, client: bytes, **response: str) -> str:
        whole = {"clientDataJSON": _text(client), **response}
        name = _text(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": whole})


def with_challenge_of(answer: str, other: dict[str, Any]) -> str:
    """An answer whose challenge was written over: its signature no longer fits."""
    said = json.loads(answer)
    client = json.loads(urlsafe_b64decode(said["response"]["clientDataJSON"] + "=="))
    client["challenge"] = other["challenge"]
    said["response"]["clientDataJSON"] = _text(json.dumps(client).encode())
    return json.dumps(said)
