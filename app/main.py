"""The service: the only place where everything is wired together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.types import ASGIApp

from app.api.described import TimesOfDay, described
from app.databases import Databases
from app.job_list import JOBS
from app.jobs import Clockwork
from app.routes.sides import api_handlers, page_handlers
from app.running.figures import Figures
from app.running.watched import Watched
from app.settings import Settings
from app.signing_in.door import Door
from app.signing_in.provider import Provider
from app.web.assets import load_assets
from app.web.errors import EXCEPTION_HANDLERS
from app.web.guard import cookie_name, for_everybody, guard
from app.web.headers import OwnPagesOnly, SecurityHeaders
from app.web.identity import ShellOfActor
from app.web.rendering import template_config
from app.web.request_transaction import RequestTransaction
from programmes.common.clock import Clock
from programmes.common.db import Side

LARGEST_BODY = 12 * 1024 * 1024


class Service(Litestar):
    """Without the plugins for pydantic and attrs, which it does not use and would load.

    `outermost` stands around its router: what the router refuses is counted and has headers too.
    """

    outermost: ASGIApp

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == ScopeType.HTTP:
            scope.setdefault("state", {})
            await self.outermost(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def within(self, scope: Any, receive: Any, send: Any) -> None:
        """The framework's own service."""
        await super().__call__(scope, receive, send)

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


def create_app(
    settings: Settings, clock: Clock, databases: Databases, *, figures: Figures | None = None
) -> Litestar:
    """`databases` need not be open yet; the service opens and closes them."""
    assets = load_assets()
    counted = figures or Figures()
    held = {"settings": settings, "clock": clock, "databases": databases, "assets": assets}
    state = State({**held, "door": Door(databases), "demo_emails": {}, "figures": counted})
    state["provider"] = _provider(settings, databases)
    service = Service(
        route_handlers=[
            *page_handlers(databases.sides),
            Router(
                "/api/v1",
                route_handlers=list(described(api_handlers(databases.sides))),
                include_in_schema=True,
            ),
        ],
        include_in_schema=False,
        guards=[guard],
        middleware=[
            OwnPagesOnly,
            _request_transaction(settings, databases),
            ShellOfActor,
        ],
        exception_handlers=EXCEPTION_HANDLERS,
        template_config=template_config(assets, settings.home / "compiled"),
        openapi_config=_openapi(),
        plugins=[TimesOfDay()],
        state=state,
        lifespan=[_open_databases(databases), _clockwork(databases, clock)],
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        debug=False,
    )
    service.outermost = Watched(
        SecurityHeaders(service.within), figures=counted, sides=databases.sides
    )
    return service


def _provider(settings: Settings, databases: Databases) -> Provider | None:
    """Of the programme side alone: a provider learns when its people sign in."""
    serves_it = settings.provider is not None and Side.WORK in databases.sides
    return Provider(settings.provider) if settings.provider and serves_it else None


def _request_transaction(settings: Settings, databases: Databases) -> DefineMiddleware:
    return DefineMiddleware(
        RequestTransaction,
        databases=databases,
        cookie_name=cookie_name(settings),
        beat=settings.refusals_on_beat,
    )


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Waymark",
        version="1",
        openapi_router=Router("/api/v1/schema", route_handlers=[], **for_everybody()),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
    )


def _open_databases(databases: Databases) -> Callable[[Litestar], Any]:
    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        await databases.open()
        try:
            yield
        finally:
            await databases.close()

    return lifespan


def _clockwork(databases: Databases, clock: Clock) -> Callable[[Litestar], Any]:
    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        clockwork = Clockwork(databases, clock, JOBS)
        await clockwork.start()
        try:
            yield
        finally:
            await clockwork.stop()

    return lifespan
