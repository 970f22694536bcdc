"""The gallery as a small site of its own, with the service's templates, assets and policy."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jinja2
import uvicorn
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from app.forms.form import typed_form
from app.pages.service import asset
from app.web.assets import load_assets
from app.web.headers import SecurityHeaders
from app.web.rendering import environment
from app.web.shell import page, redirect_with_notice, set_shell
from programmes.common.errors import Invalid
from tests.pages.gallery import GALLERY, MANAGER, TEMPLATES
from tests.pages.gallery_form import ABSENCE

AnyRequest = Request[Any, Any, Any]
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 400"><rect width="720" height="400"'
    ' fill="#f0f5f5"/><path d="M40 360h640M80 360V200h90v160m60 0V120h90v240m60 0V230h90v130"'
    ' fill="#14606e" stroke="#14606e"/></svg>'
)


class Visitor:
    """Who the site believes is asking: changed by the time-out tests."""

    account = MANAGER.account
    is_signed_in = True
    idle_seconds = MANAGER.idle_seconds


def gallery_environment() -> jinja2.Environment:
    made = environment(load_assets())
    own = jinja2.FileSystemLoader(TEMPLATES)
    made.loader = jinja2.ChoiceLoader([made.loader, own]) if made.loader else own
    return made


def gallery_page(made: jinja2.Environment, name: str) -> str:
    template, context = GALLERY[name]
    return made.get_template(template).render(**context)


@get("/gallery/{name:str}", media_type=MediaType.HTML, sync_to_thread=False)
def show(request: AnyRequest, name: FromPath[str]) -> str:
    html = gallery_page(request.app.state.templates, name)
    seconds = request.app.state.visitor.idle_seconds
    return html.replace('data-idle-seconds="900"', f'data-idle-seconds="{seconds}"')


@post("/try", status_code=303)
async def send(request: AnyRequest) -> Response[Any]:
    set_shell(request.scope, MANAGER)
    typed = await typed_form(request)
    try:
        ABSENCE.parse(typed)
    except Invalid as refusal:
        form = ABSENCE.refused(typed, refusal)
        return page(request, "form.html", status_code=422, form=form, other=None)
    return redirect_with_notice(request, "/after", "Absence recorded.")


@get(["/after", "/elsewhere"], sync_to_thread=False)
def after(request: AnyRequest) -> Response[Any]:
    set_shell(request.scope, MANAGER)
    return page(request, "information/about.html")


@get("/api/v1/me", sync_to_thread=False)
def me(request: AnyRequest) -> Response[dict[str, str]]:
    visitor = request.app.state.visitor
    status = 200 if visitor.is_signed_in else 401
    return Response({"account": visitor.account}, status_code=status)


@get("/chart.svg", media_type="image/svg+xml", sync_to_thread=False)
def chart() -> str:
    return CHART


def site(visitor: Visitor) -> Litestar:
    made = gallery_environment()
    return Litestar(
        [show, send, after, me, chart, asset],
        middleware=[SecurityHeaders],
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(made)),
        openapi_config=None,
        state=State({"assets": load_assets(), "templates": made, "visitor": visitor}),
    )


@contextmanager
def serving(app: Litestar) -> Iterator[str]:
    """The address of the site, on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=5)
