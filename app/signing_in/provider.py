"""The outside sign-in provider: where people are sent, and who it says came back.

Authorization code with PKCE, state and nonce (OpenID Connect Core 1.0; RFC 7636, 9207, 9700).
"""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import quote_plus, urlencode, urlsplit

import msgspec

from app.signing_in.back_channel import ProviderAway, ask
from app.signing_in.id_token import (
    ALGORITHMS,
    Expected,
    NotProven,
    UnknownKey,
    keys_in,
    read_id_token,
)
from app.signing_in.provider_settings import SignInProvider
from programmes.linked_sign_ins.commands import Subject

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

KEPT = timedelta(hours=1)
KEYS_AGAIN_AFTER = timedelta(seconds=30)
"""A token signed with an unknown key makes us ask for the keys again, but not more often."""


class Published(msgspec.Struct, frozen=True):
    """Of what a provider says about itself (OpenID Connect Discovery 1.0), what we need."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    code_challenge_methods_supported: tuple[str, ...] = ("S256",)
    authorization_response_iss_parameter_supported: bool = False


class Question(msgspec.Struct, frozen=True):
    """What is known of one way there and back; the browser keeps it, sealed."""

    state: str
    nonce: str
    verifier: str
    return_to: str

    @classmethod
    def new(cls, return_to: str) -> Self:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, return_to)

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str


class Provider:
    """Keeps what it publishes, and its keys, for an hour."""

    def __init__(self, settings: SignInProvider) -> None:
        self.settings = settings
        self._published: tuple[Published, datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    async def address(self, question: Question, *, asks_again: bool, now: datetime) -> str:
        """Where the browser goes. `asks_again`: they prove anew who they are there."""
        published = await self.published(now)
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": question.return_to,
            "scope": "openid email",
            "state": question.state,
            "nonce": question.nonce,
            "code_challenge": question.challenge,
            "code_challenge_method": "S256",
        }
        if asks_again:
            asked["prompt"] = "login"
        mark = "&" if urlsplit(published.authorization_endpoint).query else "?"
        return f"{published.authorization_endpoint}{mark}{urlencode(asked)}"

    async def who_came(
        self, code: str, question: Question, *, issuer: str | None, now: datetime
    ) -> Subject:
        """Raises NotProven, or ProviderAway. `issuer` is what came back with the code."""
        published = await self.published(now)
        if issuer != self.settings.issuer and (
            issuer is not None or published.authorization_response_iss_parameter_supported
        ):
            raise NotProven("another issuer sent them back")
        token = await self._exchange(published, code, question)
        expected = Expected(self.settings.issuer, self.settings.client_id, question.nonce)
        try:
            return read_id_token(token, await self._current_keys(published, now), expected, now=now)
        except UnknownKey:
            keys = await self._current_keys(published, now, older_than=KEYS_AGAIN_AFTER)
            return read_id_token(token, keys, expected, now=now)

    async def look(self, now: datetime) -> None:
        """Raises ProviderAway where a sign-in could not come to its end."""
        await self._current_keys(await self.published(now), now)

    async def published(self, now: datetime) -> Published:
        """Raises ProviderAway, also for a document that is not this issuer's."""
        if self._published is None or now - self._published[1] > KEPT:
            issuer = self.settings.issuer
            body = await _whole(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            try:
                found = msgspec.json.decode(body, type=Published)
            except msgspec.DecodeError:
                raise ProviderAway("it does not say where its parts are") from None
            _refuse_odd(found, issuer)
            self._published = found, now
        return self._published[0]

    async def _exchange(self, published: Published, code: str, question: Question) -> str:
        """The code for an ID token, as ourselves."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": question.return_to,
            "code_verifier": question.verifier,
        }
        own = self.settings
        client = None
        if "client_secret_basic" in published.token_endpoint_auth_methods_supported:
            client = quote_plus(own.client_id), quote_plus(own.client_secret)  # RFC 6749, 2.3.1
        else:
            form |= {"client_id": own.client_id, "client_secret": own.client_secret}
        answer = await ask(published.token_endpoint, form=form, client=client)
        if answer.status == 401 or answer.status >= 500:
            raise ProviderAway(f"it answers {answer.status} to us")
        try:
            if answer.status == 200:
                return msgspec.json.decode(answer.body, type=_Tokens).id_token
        except msgspec.DecodeError:
            raise NotProven("it gave no ID token") from None
        raise NotProven("it does not know this code")

    async def _current_keys(
        self, published: Published, now: datetime, *, older_than: timedelta = KEPT
    ) -> "KeySet":
        if self._keys is None or now - self._keys[1] > older_than:
            body = await _whole(published.jwks_uri)
            try:
                self._keys = keys_in(body), now
            except (msgspec.DecodeError, ValueError):
                raise ProviderAway("it publishes no key that we take") from None
        return self._keys[0]


async def _whole(url: str) -> bytes:
    answer = await ask(url)
    if answer.status != 200:
        raise ProviderAway(f"it answers {answer.status} to us")
    return answer.body


def _refuse_odd(found: Published, issuer: str) -> None:
    """Everything at the issuer's own address, so that no document leads us anywhere else."""
    if found.issuer != issuer:
        raise ProviderAway("it calls itself by another address than OIDC_ISSUER")
    for address in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
        if urlsplit(address)[:2] != urlsplit(issuer)[:2]:
            raise ProviderAway("a part of it lies at another address than OIDC_ISSUER")
    if not set(ALGORITHMS) & set(found.id_token_signing_alg_values_supported):
        raise ProviderAway(f"it signs with none of {', '.join(ALGORITHMS)}")
    if "S256" not in found.code_challenge_methods_supported:
        raise ProviderAway("it does not take PKCE with S256")
