"""What proves who came, and every way in which it would not."""

import base64
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from app.signing_in.id_token import Expected, NotProven, UnknownKey, keys_in, read_id_token
from programmes.linked_sign_ins.commands import Subject

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
ISSUER, CLIENT, NONCE = "https://login.example.org", "waymark", "asked once"
EXPECTED = Expected(ISSUER, CLIENT, NONCE)
KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}, private=True)
OTHER = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}, private=True)
PUBLISHED = json.dumps({"keys": [KEY.as_dict(private=False), {"kty": "new", "kid": "x"}]}).encode()
RIGHT: dict[str, Any] = {
    "iss": ISSUER,
    "aud": CLIENT,
    "sub": "8f2c",
    "nonce": NONCE,
    "email": "a@example.org",
    "iat": AT - 5,
    "exp": AT + 300,
}


def signed(claims: dict[str, Any], key: Any = KEY, *, alg: str = "ES256", kid: str = "one") -> str:
    return jwt.encode({"alg": alg, "kid": kid}, dict(claims), key, [alg])


def by_hand(
    header: dict[str, Any], claims: dict[str, Any], signature: str = "", *, shared: Any = None
) -> str:
    said = ".".join(text_of(json.dumps(one).encode()) for one in (header, claims))
    if shared is not None:
        signature = text_of(hmac.digest(shared.as_pem(private=False), said.encode(), "sha256"))
    return f"{said}.{signature}"


def text_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(token: str, published: bytes = PUBLISHED) -> Subject:
    return read_id_token(token, keys_in(published), EXPECTED, now=NOW)


def changed(**claims: Any) -> str:
    """The right token but for these; None leaves one out."""
    return signed({name: one for name, one in {**RIGHT, **claims}.items() if one is not None})


def test_a_right_token_names_its_subject() -> None:
    assert read(signed(RIGHT)) == Subject(ISSUER, "8f2c", "a@example.org")
    for also_right in (
        {"aud": [CLIENT]},
        {"aud": [CLIENT, "x"], "azp": CLIENT},
        {"azp": CLIENT},
        {"exp": AT - 59},
        {"iat": AT + 59},
        {"nbf": AT + 59},
        {"iat": AT - 600},
        {"email": None, "email_verified": False},
    ):
        assert read(changed(**also_right)).subject == "8f2c"


WRONG: dict[str, str] = {
    "another issuer": changed(iss="https://login.example.org/"),
    "no issuer": changed(iss=None),
    "for somebody else": changed(aud="other"),
    "for several, at nobody's asking": changed(aud=[CLIENT, "other"]),
    "at somebody else's asking": changed(azp="other"),
    "for nobody": changed(aud=None),
    "an audience that is no text": changed(aud={CLIENT: 1}),
    "another nonce": changed(nonce="asked twice"),
    "no nonce": changed(nonce=None),
    "a nonce that is a list": changed(nonce=[NONCE]),
    "expired": changed(exp=AT - 60),
    "without an end": changed(exp=None),
    "an end that is text": changed(exp=str(AT + 300)),
    "from the future": changed(iat=AT + 61),
    "too old": changed(iat=AT - 661),
    "without a beginning": changed(iat=None),
    "not yet": changed(nbf=AT + 61),
    "no subject": changed(sub=None),
    "an empty subject": changed(sub=""),
    "a subject too long": changed(sub="x" * 256),
    "a subject with a hidden character": changed(sub="8f2c\x00"),
    "a number as subject": changed(sub=7),
    "another key of that name": signed(RIGHT, OTHER),
    "no signature": by_hand({"alg": "none"}, RIGHT),
    "no signature, under a key": by_hand({"alg": "none", "kid": "one"}, RIGHT),
    "a signature of nothing": by_hand({"alg": "ES256", "kid": "one"}, RIGHT, "AAAA"),
    "the public key as a shared secret": by_hand({"alg": "HS256", "kid": "one"}, RIGHT, shared=KEY),
    "an algorithm of the key's kind that we do not take": signed(
        RIGHT, ECKey.generate_key("P-521", {"kid": "one"}, private=True), alg="ES512"
    ),
    "a key that comes along": by_hand(
        {"alg": "ES256", "kid": "one", "jwk": OTHER.as_dict(private=False)},
        RIGHT,
        signed(RIGHT, OTHER).rpartition(".")[2],
    ),
    "too long": changed(more="x" * 20_000),
    "not a token": "x.y.z",
    "nothing": "",
}


@pytest.mark.parametrize("why", WRONG)
def test_a_wrong_token_proves_nothing(why: str) -> None:
    with pytest.raises(NotProven):
        read(WRONG[why])


def test_a_key_that_is_not_published_is_told_apart_so_that_keys_are_asked_for_again() -> None:
    with pytest.raises(UnknownKey):
        read(signed(RIGHT, kid="two"))
    two = [KEY.as_dict(private=False), {**OTHER.as_dict(private=False), "kid": "two"}]
    nameless = jwt.encode({"alg": "ES256"}, dict(RIGHT), KEY, ["ES256"])
    assert read(nameless).subject == "8f2c"  # there is but one key that it can be
    with pytest.raises(UnknownKey):
        read(nameless, json.dumps({"keys": two}).encode())


def test_weak_shared_and_foreign_keys_are_passed_over() -> None:
    weak = {"kty": "RSA", "e": "AQAB", "n": text_of(b"\xff" * 128), "kid": "weak", "use": "sig"}
    shared = {"kty": "oct", "k": "c2VjcmV0", "kid": "one", "alg": "HS256"}
    sealing = {**KEY.as_dict(private=False), "use": "enc"}
    for keys in ([], [weak], [shared], [sealing], [{"kty": "EC"}]):
        with pytest.raises(ValueError, match="no key that we take"):
            keys_in(json.dumps({"keys": keys}).encode())
    assert len(keys_in(json.dumps({"keys": [weak, KEY.as_dict(private=False)]}).encode()).keys) == 1
