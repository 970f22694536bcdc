"""The cookie that holds one way to a provider and back, and nothing once it is over."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from app.signing_in.way_there import LASTS, Step, opened, sealed

AnyRequest = Request[Any, Any, Any]


def step_of(request: AnyRequest) -> Step | None:
    state = request.app.state
    kept = request.cookies.get(_name(request), "")
    return opened(state.settings.home, kept, now=state.clock.now())


def cookie_for(request: AnyRequest, step: Step) -> Cookie:
    """Lax: it must come along when the provider sends the browser back."""
    text = sealed(request.app.state.settings.home, step)
    return _cookie(request, text, seconds=int(LASTS.total_seconds()))


def gone(request: AnyRequest) -> Cookie:
    return _cookie(request, "", seconds=0)


def _name(request: AnyRequest) -> str:
    return "waymark-way" if request.app.state.settings.is_demo else "__Host-waymark-way"


def _cookie(request: AnyRequest, value: str, *, seconds: int) -> Cookie:
    return Cookie(
        key=_name(request),
        value=value,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=not request.app.state.settings.is_demo,
        samesite="lax",
    )
