"""An issuer of our own on loopback, which says and signs whatever a test wants it to."""

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from app.signing_in.provider_settings import SignInProvider

CLIENT, SECRET = "waymark", "between us: a/b+c"


def new_key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"}, private=True)


@dataclass
class OwnIssuer:
    """`odd` replaces parts of what it publishes; `answers` whole answers, by path."""

    address: str
    key: ECKey = field(default_factory=lambda: new_key("first"))
    odd: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def settings(self) -> SignInProvider:
        return SignInProvider(
            issuer=self.address, name="Northtown", client_id=CLIENT, client_secret=SECRET
        )

    def code_for(self, address: str, claims: dict[str, Any]) -> str:
        """Somebody came with this address and is sent back: the code, good once."""
        asked = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code {len(self.challenges)}"
        self.challenges[code] = asked["code_challenge"]
        standard = {"iss": self.address, "aud": CLIENT, "sub": "s1", "nonce": asked["nonce"]}
        self.claims[code] = {**standard, **claims}
        return code

    def published(self) -> dict[str, Any]:
        at = self.address
        parts = {"authorization_endpoint": f"{at}/a", "token_endpoint": f"{at}/t"}
        return {"issuer": at, **parts, "jwks_uri": f"{at}/keys", **self._supports(), **self.odd}

    def _supports(self) -> dict[str, Any]:
        return {"id_token_signing_alg_values_supported": ["ES256"]}

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))

    def tokens(self, form: dict[str, str], client: str) -> tuple[int, bytes]:
        """Only to our client, with the verifier, once."""
        if client != base64.b64encode(b"waymark:between+us%3A+a%2Fb%2Bc").decode():
            return 401, b"{}"
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self.challenges.pop(form["code"], None) != challenge:
            return 400, b'{"error": "invalid_grant"}'
        header = {"alg": "ES256", "kid": self.key.kid}
        token = jwt.encode(header, self.claims[form["code"]], self.key, ["ES256"])
        return 200, msgspec.json.encode({"id_token": token, "token_type": "Bearer"})


class _Handler(BaseHTTPRequestHandler):
    issuer: OwnIssuer

    def do_GET(self) -> None:
        said = self.issuer.keys() if self.path == "/keys" else self.issuer.published()
        self._answer(200, msgspec.json.encode(said))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: one[0] for name, one in parse_qs(body).items()}
        client = self.headers.get("Authorization", "").removeprefix("Basic ")
        self._answer(*self.issuer.tokens(form, client))

    def _answer(self, status: int, body: bytes) -> None:
        self.issuer.asked.append(self.path)
        status, body = self.issuer.answers.get(self.path, (status, body))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{self.issuer.address}/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return None


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Whoever asked went away, as it should where an answer is too large or too late."""


@contextmanager
def own_issuer() -> Iterator[OwnIssuer]:
    class Handler(_Handler):
        pass

    server = _Server(("127.0.0.1", 0), Handler)
    Handler.issuer = OwnIssuer(f"http://127.0.0.1:{server.server_port}")
    serving = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    serving.start()
    try:
        yield Handler.issuer
    finally:
        server.shutdown()
        server.server_close()
