"""Talking to a provider: at its own address alone, briefly; what is set, and what `check` says."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from app.databases import Databases
from app.main import _provider
from app.routes.sides import api_handlers, page_handlers
from app.running.check_provider import check_provider
from app.running.findings import Level
from app.settings import Settings, settings_from_environment
from app.signing_in import back_channel
from app.signing_in.back_channel import ProviderAway
from app.signing_in.id_token import NotProven
from app.signing_in.provider import Provider, Question
from app.signing_in.way_there import Back, opened, sealed
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.linked_sign_ins.commands import Subject
from tests.own_issuer import OwnIssuer, new_key, own_issuer
from tests.provider_process import PATIENCE

RETURN = "https://waymark.example.org/sign-in/provider/return"
NOW = SystemClock().now()
TIMES = {"iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 300}


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnIssuer]:
    monkeypatch.setattr(back_channel, "SECONDS", PATIENCE)
    with own_issuer() as started:
        yield started


async def came(
    issuer: OwnIssuer, provider: Provider, *, now: Any = NOW, claims: dict[str, Any] | None = None
) -> Subject:
    question = Question.new(RETURN)
    address = await provider.address(question, asks_again=True, now=now)
    code = issuer.code_for(address, {**TIMES, **(claims or {})})
    return await provider.who_came(code, question, issuer=None, now=now)


async def test_a_code_is_exchanged_with_secret_and_verifier_once(issuer: OwnIssuer) -> None:
    provider, question = Provider(issuer.settings), Question.new(RETURN)
    address = await provider.address(question, asks_again=True, now=NOW)
    asked = parse_qs(urlsplit(address).query)
    assert (asked["redirect_uri"], asked["prompt"]) == ([RETURN], ["login"])
    code = issuer.code_for(address, TIMES)
    other = msgspec.structs.replace(question, verifier="x" * 43)
    with pytest.raises(NotProven, match="code"):
        await provider.who_came(code, other, issuer=None, now=NOW)
    code = issuer.code_for(address, TIMES)
    who = await provider.who_came(code, question, issuer=issuer.address, now=NOW)
    assert who == Subject(issuer.address, "s1", "")
    with pytest.raises(NotProven, match="code"):
        await provider.who_came(code, question, issuer=None, now=NOW)
    stolen = msgspec.structs.replace(question, nonce="another way's")
    with pytest.raises(NotProven, match="another question"):
        await provider.who_came(issuer.code_for(address, TIMES), stolen, issuer=None, now=NOW)
    with pytest.raises(NotProven, match="another issuer"):
        await provider.who_came(code, question, issuer="https://other.example", now=NOW)


@pytest.mark.parametrize(
    "claims",
    [{"aud": "other"}, {"iss": "https://other.example"}, {"exp": 1}, {"nonce": "n"}, {"sub": ""}],
    ids=lambda claims: next(iter(claims)),
)
async def test_a_signed_token_for_another_purpose_is_refused(
    issuer: OwnIssuer, claims: dict[str, Any]
) -> None:
    with pytest.raises(NotProven):
        await came(issuer, Provider(issuer.settings), claims=claims)


async def test_changed_keys_are_fetched_but_not_at_everybody_s_asking(issuer: OwnIssuer) -> None:
    provider = Provider(issuer.settings)
    await came(issuer, provider)
    issuer.key = new_key("second")
    with pytest.raises(NotProven):
        await came(issuer, provider, now=NOW + timedelta(seconds=29))
    assert (await came(issuer, provider, now=NOW + timedelta(seconds=31))).subject == "s1"
    assert issuer.asked.count("/keys") == 2
    issuer.key = new_key("second")  # of the same name: it must not pass for it
    with pytest.raises(NotProven):
        await came(issuer, provider, now=NOW + timedelta(seconds=99))


async def test_who_sends_us_back_must_say_so_where_the_provider_promises_it(
    issuer: OwnIssuer,
) -> None:
    issuer.odd = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(NotProven, match="another issuer"):
        await came(issuer, Provider(issuer.settings))


ODD: dict[str, dict[str, Any]] = {
    "another issuer": {"issuer": "https://other.example"},
    "tokens elsewhere": {"token_endpoint": "http://169.254.169.254/t"},
    "keys elsewhere": {"jwks_uri": "http://127.0.0.1:1/keys"},
    "its page elsewhere": {"authorization_endpoint": "https://other.example/a"},
    "without PKCE": {"code_challenge_methods_supported": ["plain"]},
    "signed with nothing, or what we share": {
        "id_token_signing_alg_values_supported": ["none", "HS256"]
    },
    "no address": {"token_endpoint": None},
}


@pytest.mark.parametrize("why", ODD)
async def test_a_provider_that_is_not_what_was_set_is_not_used(issuer: OwnIssuer, why: str) -> None:
    issuer.odd = ODD[why]
    with pytest.raises(ProviderAway):
        await came(issuer, Provider(issuer.settings))
    assert set(issuer.asked) == {"/.well-known/openid-configuration"}


async def test_answers_that_are_too_large_turned_away_or_broken(issuer: OwnIssuer) -> None:
    padding = "x" * back_channel.LARGEST_ANSWER
    large = msgspec.json.encode({**issuer.keys(), "padding": padding})
    for status, body in ((200, large), (302, b""), (500, b"{}"), (200, b"<html>"), (200, b"[]")):
        issuer.answers = {"/keys": (status, body)}
        with pytest.raises(ProviderAway):
            await came(issuer, Provider(issuer.settings))
    assert "/elsewhere" not in issuer.asked
    for status, body in ((401, b"{}"), (503, b"{}"), (302, b"")):
        issuer.answers = {"/t": (status, body)}
        with pytest.raises(NotProven if status == 302 else ProviderAway):
            await came(issuer, Provider(issuer.settings))
    issuer.answers = {"/t": (200, b'{"access_token": "x"}')}
    with pytest.raises(NotProven, match="no ID token"):
        await came(issuer, Provider(issuer.settings))
    assert "/elsewhere" not in issuer.asked


async def test_one_that_never_answers_is_given_up(
    issuer: OwnIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(back_channel, "SECONDS", 0.2)
    monkeypatch.setattr(OwnIssuer, "published", lambda self: time.sleep(0.5) or {})
    with pytest.raises(ProviderAway, match="no answer"):
        await came(issuer, Provider(issuer.settings))


def test_what_the_browser_keeps_is_ours_and_lasts_ten_minutes(tmp_path: Path) -> None:
    back = Back(Subject("https://login.example.org", "s1", ""), "", "/more", NOW)
    kept = sealed(tmp_path, back)
    assert opened(tmp_path, kept, now=NOW + timedelta(minutes=10)) == back
    assert opened(tmp_path, kept, now=NOW + timedelta(minutes=10, seconds=1)) is None
    assert opened(tmp_path / "another", kept, now=NOW) is None
    for odd in ("", "x", "é", kept[:-4], "A" * 5000, "A" * 200):
        assert opened(tmp_path, odd, now=NOW) is None


async def test_check_says_what_is_wrong_with_it(issuer: OwnIssuer, tmp_path: Path) -> None:
    async def found(*sides: Side, **changed: Any) -> list[Level]:
        provider = msgspec.structs.replace(issuer.settings, **changed)
        settings = Settings(home=tmp_path, provider=provider)
        said = await check_provider(settings, sides, now=NOW)
        assert all(one.mend for one in said if one.level is not Level.GOOD)
        assert issuer.settings.client_secret not in repr(said) + repr(settings)
        return [one.level for one in said]

    assert await found(Side.WORK) == [Level.GOOD]
    assert await found(Side.SURVIVOR) == [Level.FAULT]
    assert await found(Side.WORK, issuer=f"{issuer.address}/") == [Level.FAULT]
    open_file = tmp_path / "secret"
    open_file.write_text("s")
    open_file.chmod(0o644)
    assert await found(Side.WORK, secret_file=open_file) == [Level.FAULT, Level.GOOD]
    assert await check_provider(Settings(home=tmp_path), (Side.WORK,), now=NOW) == []


def test_the_survivor_side_has_neither_provider_nor_its_routes(tmp_path: Path) -> None:
    environ = {"OIDC_ISSUER": "https://login.example.org", "OIDC_CLIENT_ID": "w"}
    settings = settings_from_environment(
        {**environ, "OIDC_CLIENT_SECRET": "s", "APP_HOME": str(tmp_path)}
    )
    assert _provider(settings, Databases(settings, None, (Side.WORK,))) is not None
    assert _provider(settings, Databases(settings, None, (Side.SURVIVOR,))) is None
    for handlers in (page_handlers, api_handlers):
        paths = {path for one in handlers((Side.SURVIVOR,)) for path in getattr(one, "paths", ())}
        assert "/account" in paths
        assert not any("provider" in path for path in paths)


WHOLE = {"OIDC_ISSUER": "https://login.example.org/t", "OIDC_CLIENT_ID": "w"}


def test_settings_of_a_provider(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    read = settings_from_environment({**WHOLE, "OIDC_CLIENT_SECRET_FILE": str(secret)}).provider
    assert read is not None
    assert (read.name, read.client_secret) == ("login.example.org", "s3cret")
    assert "s3cret" not in repr(read)
    assert settings_from_environment({}).provider is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"OIDC_ISSUER": ""},
        {"OIDC_ISSUER": "http://login.example.org"},
        {"OIDC_ISSUER": "http://127.0.0.1.example.org"},
        {"OIDC_ISSUER": "https://"},
        {"OIDC_ISSUER": "https://[x"},
        {"OIDC_ISSUER": "https://user@login.example.org"},
        {"OIDC_ISSUER": "https://login.example.org/?x=1"},
        {"OIDC_ISSUER": "https://login.example.org/#x"},
        {"OIDC_CLIENT_ID": ""},
        {"OIDC_CLIENT_SECRET": ""},
        {"OIDC_CLIENT_SECRET_FILE": "/nowhere/at/all"},
        {"OIDC_CLIENT_SECRET_FILE": "/dev/null"},
    ],
    ids=str,
)
def test_half_a_provider_or_an_open_one_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"^OIDC_"):
        settings_from_environment({**WHOLE, "OIDC_CLIENT_SECRET": "s", **wrong})


def test_plain_http_is_for_the_demonstration_on_loopback_alone() -> None:
    near = {**WHOLE, "OIDC_CLIENT_SECRET": "s", "OIDC_ISSUER": "http://127.0.0.1:9400"}
    assert settings_from_environment(near).provider is not None
    addresses = {"DATABASE_WORK_WEB": "postgresql://work_web@127.0.0.1/work"}
    with pytest.raises(Refused, match="https"):
        settings_from_environment({**near, **addresses, "APP_ENV": "production"})
