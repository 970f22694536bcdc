"""Runs the service: the database server, the web server, and a clean end to both."""

import asyncio
import gc
import importlib
import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from app.databases import Databases
from app.embedded import Address, EmbeddedServer
from app.running.figures import Figures
from app.settings import Settings
from programmes.common.clock import SystemClock
from programmes.common.db import Side
from programmes.common.errors import Refused

if TYPE_CHECKING:
    from litestar import Litestar

LOOPBACK = "127.0.0.1"
_UVICORN: dict[str, Any] = {
    "log_level": "warning",
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": 5,
}


def refuse_taken_port(port: int) -> None:
    """Raises Refused before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except PermissionError:
            raise Refused(f"Port {port} is kept for root. Choose another: PORT=8001") from None
        except OSError:
            other = 8001 if port != 8001 else 8002
            raise Refused(
                f"Port {port} is taken. Stop what uses it, or choose another: PORT={other}"
            ) from None


@dataclass(frozen=True)
class Inherited:
    """What a worker has from its parent, by the numbers of open files."""

    listener: int
    lifeline: int
    ready: int

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(*(int(number) for number in text.split(",")))


def serve(
    settings: Settings,
    server: Address | None,
    sides: tuple[Side, ...],
    *,
    demo_emails: dict[str, str],
    when_ready: Callable[[], None],
    inherited: Inherited | None = None,
    counts_answers: bool = False,
) -> None:
    """Returns when it is stopped; a worker also when its parent has ended."""
    import uvicorn

    figures = Figures(settings.home / "running" if counts_answers else None)
    databases = Databases(settings, server, sides)
    app = _app(settings, databases, figures)
    app.state.demo_emails.update(demo_emails)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets=sockets)
            if inherited is None:
                when_ready()
            else:
                asyncio.get_running_loop().add_reader(inherited.lifeline, self._orphaned)
                os.write(inherited.ready, b"1")

        def _orphaned(self) -> None:
            self.should_exit = True

    config = uvicorn.Config(app, host=LOOPBACK, port=settings.port, **_UVICORN)
    Server(config).run(sockets=None if inherited is None else [_listener(inherited)])


def _listener(inherited: Inherited) -> socket.socket:
    return socket.socket(fileno=inherited.listener)


def _app(settings: Settings, databases: Databases, figures: Figures) -> "Litestar":
    """Without looking for garbage meanwhile: nothing that is made here ever is."""
    from app.main import create_app

    gc.disable()
    app = create_app(settings, SystemClock(), databases, figures=figures)
    gc.freeze()
    gc.enable()
    return app


def started_while_loading(embedded: EmbeddedServer) -> Address:
    """The database server starts while the service's own modules are read."""
    with ThreadPoolExecutor(1) as beside:
        starting = beside.submit(embedded.start)
        importlib.import_module("app.main")
        importlib.import_module("uvicorn")
        return starting.result()


def embedded_server(settings: Settings) -> EmbeddedServer | None:
    """None where the databases are elsewhere."""
    return EmbeddedServer(settings.home) if settings.is_embedded else None
