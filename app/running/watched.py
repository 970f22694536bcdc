"""Counts and logs every answer: by the pattern of its address, never by the address itself."""

import logging
import time

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from app.running.figures import Figures
from app.running.logs import REQUESTS
from app.signing_in.tokens import Token
from programmes.common.db import Side

log = logging.getLogger(REQUESTS)
UNWATCHED = ("/assets/", "/health", "/metrics")


class Watched:
    """Outermost, around the router too.

    What nobody signed in asks is counted to the side that this process serves.
    """

    def __init__(self, app: ASGIApp, *, figures: Figures, sides: tuple[Side, ...]) -> None:
        self.app = app
        self.figures = figures
        self.strangers_side = sides[0]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"].startswith(UNWATCHED):
            await self.app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, note_status)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: HTTPScope, status: int, seconds: float) -> None:
        token = scope["state"].get("token")
        side = token.side if isinstance(token, Token) else self.strangers_side
        self.figures.count(side, scope["method"], status, seconds)
        if log.isEnabledFor(logging.INFO):
            facts = {
                "side": side,
                "method": scope["method"],
                "route": scope.get("path_template", ""),
                "status": status,
                "ms": round(seconds * 1000, 1),
            }
            log.info("answered", extra={"facts": facts})
