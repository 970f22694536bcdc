"""Straight to the service, without what a browser or its like spends on each request.

Two hundred thousand pairs are compared as bytes: nothing is decoded, followed or unpacked.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from tests.cast import BASE

_HOST = urlsplit(BASE).netloc.encode()
Headers = list[tuple[bytes, bytes]]
FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"


@dataclass
class Answer:
    status: int = 500
    headers: Headers = field(default_factory=list)
    content: bytes = b""


@dataclass
class Asking:
    """Somebody's sign-in and the cookies that they were given since."""

    app: Any
    cookies: dict[str, str]

    async def get(self, target: str) -> Answer:
        return await self._ask("GET", target, b"", [])

    async def send(
        self, method: str, target: str, form: Mapping[str, str], *, as_json: bool
    ) -> Answer:
        body = (json.dumps(form) if as_json else urlencode(form)).encode()
        headers = [
            (b"content-type", JSON if as_json else FORM),
            (b"content-length", b"%d" % len(body)),
        ]
        return await self._ask(method, target, body, headers)

    async def _ask(self, method: str, target: str, body: bytes, headers: Headers) -> Answer:
        answer, call = Answer(), _Call(body)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        own: Headers = [(b"host", _HOST), (b"accept", b"*/*"), (b"cookie", cookies.encode())]
        try:
            await self.app(_scope(method, target, own + headers), call.receive, call.send)
        except Exception:
            # As a server does: a fault before the answer began is a plain 500.
            if call.start is None:
                return answer
        assert call.start is not None
        answer = Answer(call.start["status"], list(call.start["headers"]), b"".join(call.parts))
        self._keep_cookies(answer)
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name == b"set-cookie":
                for key, morsel in SimpleCookie(value.decode("latin-1")).items():
                    if morsel.value and morsel["max-age"] != "0":
                        self.cookies[key] = morsel.value
                    else:
                        self.cookies.pop(key, None)


class _Call:
    """One request's two ends."""

    def __init__(self, body: bytes) -> None:
        self.body: bytes | None = body
        self.start: Any = None
        self.parts: list[bytes] = []
        self.done = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        if self.body is None:
            await self.done.wait()
            return {"type": "http.disconnect"}
        body, self.body = self.body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.parts.append(bytes(message.get("body", b"")))
            if not message.get("more_body", False):
                self.done.set()


def _scope(method: str, target: str, headers: Headers) -> dict[str, Any]:
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "headers": headers,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode(),
        "raw_path": path.encode(),
        "query_string": query.encode("ascii"),
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 123),
        "root_path": "",
    }
