"""What this service asks a sign-in provider by itself: briefly, in small answers, nowhere else."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from functools import cache

import msgspec

SECONDS = 5
LARGEST_ANSWER = 256 * 1024


class ProviderAway(Exception):
    """The provider does not answer, or not as one. Says why, in words without a name."""


class Answer(msgspec.Struct, frozen=True):
    status: int
    body: bytes


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


async def ask(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    client: tuple[str, str] | None = None,
) -> Answer:
    """GET, or POST where a form goes along. Follows no redirect, heeds no proxy of the machine.

    Raises ProviderAway for whatever kept an answer from coming whole and in time.
    """
    import httpx  # not before somebody signs in so

    try:
        async with asyncio.timeout(SECONDS):
            async with httpx.AsyncClient(
                trust_env=False, follow_redirects=False, timeout=SECONDS, verify=_trust()
            ) as connection:
                request = connection.build_request(
                    "GET" if form is None else "POST",
                    url,
                    data=form,
                    headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                )
                answer = await connection.send(
                    request, stream=True, auth=httpx.BasicAuth(*client) if client else None
                )
                return Answer(answer.status_code, await _bounded(answer.aiter_raw()))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError) as trouble:
        raise ProviderAway(f"no answer ({type(trouble).__name__})") from None


async def _bounded(parts: AsyncIterator[bytes]) -> bytes:
    body = b""
    async for part in parts:
        body += part
        if len(body) > LARGEST_ANSWER:
            raise ProviderAway("its answer is too large")
    return body
