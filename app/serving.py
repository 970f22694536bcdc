"""Runs the service: the database server, the web server, and a clean end to both."""

import socket
from collections.abc import Callable
from typing import Any

from app.databases import Databases
from app.embedded import Address, EmbeddedServer
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Refused

LOOPBACK = "127.0.0.1"


def refuse_taken_port(port: int) -> None:
    """Raises Refused before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise Refused(
                f"Port {port} is taken. Stop what uses it, or choose another: PORT=8001"
            ) from None


def serve(
    settings: Settings,
    server: Address | None,
    sides: tuple[Side, ...],
    *,
    demo_emails: dict[str, str],
    when_ready: Callable[[], None],
) -> None:
    """Returns when it is stopped."""
    import uvicorn

    from app.main import create_app

    app = create_app(settings, SystemClock(), Databases(settings, server, sides))
    app.state.demo_emails.update(demo_emails)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets=sockets)
            when_ready()

    config = uvicorn.Config(
        app,
        host=LOOPBACK,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    Server(config).run()


def embedded_server(settings: Settings) -> EmbeddedServer | None:
    """None where the databases are elsewhere."""
    return EmbeddedServer(settings.home) if settings.is_embedded else None
