"""What surrounds every page: who is signed in, where they may go, what was just done."""

import base64
from typing import Any, Literal

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.response import Redirect, Template
from litestar.types import Scope
from msgspec import Struct

from app.web.components import NavItem

SECONDS_A_NOTICE_WAITS = 60
_SCOPE_KEY = "waymark_shell"

Connection = ASGIConnection[Any, Any, Any, Any]
AnyRequest = Request[Any, Any, Any]


class Notice(Struct, frozen=True):
    """What was just done. It names nobody: it passes through a cookie."""

    text: str
    kind: Literal["success", "important"] = "success"


class Shell(Struct, frozen=True, kw_only=True):
    """`account` is opaque: a page left open unlocks only for the account that opened it."""

    name: str = ""
    role: str = ""
    account: str = ""
    navigation: tuple[NavItem, ...] = ()
    idle_seconds: int = 15 * 60
    is_demo: bool = False

    @property
    def is_signed_in(self) -> bool:
        return bool(self.account)


class _WaitingNotice(Struct, frozen=True):
    """A notice and the path that it is for, so that another tab never shows it."""

    path: str
    notice: Notice


def set_shell(scope: Scope, shell: Shell) -> None:
    """Called once, where the person is found out."""
    scope["state"][_SCOPE_KEY] = shell


def shell_of(connection: Connection) -> Shell:
    """The shell of a stranger, where nobody is signed in."""
    shell: Shell = connection.scope["state"].get(_SCOPE_KEY) or Shell()
    return shell


def navigation_at(path: str, items: tuple[NavItem, ...]) -> tuple[NavItem, ...]:
    """Marks the item with the longest address that this path lies under."""
    under = [item.href for item in items if _lies_under(path, item.href)]
    here = max(under, key=len, default=None)
    return tuple(msgspec.structs.replace(item, is_current=item.href == here) for item in items)


def page(request: AnyRequest, template: str, *, status_code: int = 200, **context: Any) -> Template:
    """The template in the frame that every page has, with the notice that waits for it."""
    notice = _notice_for(request)
    return Template(
        template,
        context={"shell": shell_of(request), "notice": notice, **context},
        status_code=status_code,
        cookies=[_notice_cookie(request, "", seconds=0)] if notice else None,
    )


def redirect_with_notice(request: AnyRequest, to: str, notice: str | Notice) -> Redirect:
    """See-other after a write; the page that follows says what was done, once."""
    said = Notice(notice) if isinstance(notice, str) else notice
    waiting = msgspec.json.encode(_WaitingNotice(to.partition("?")[0], said))
    value = base64.urlsafe_b64encode(waiting).decode()
    return Redirect(
        to,
        status_code=303,
        cookies=[_notice_cookie(request, value, seconds=SECONDS_A_NOTICE_WAITS)],
    )


def _lies_under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))


def _notice_for(request: AnyRequest) -> Notice | None:
    value = request.cookies.get(notice_cookie_name(request), "")
    try:
        waiting = msgspec.json.decode(base64.urlsafe_b64decode(value), type=_WaitingNotice)
    except (ValueError, msgspec.DecodeError):
        return None
    return waiting.notice if waiting.path == request.url.path else None


def notice_cookie_name(request: AnyRequest) -> str:
    """Over https the prefix keeps a neighbouring host from setting it."""
    return "__Host-waymark-notice" if request.url.scheme == "https" else "waymark-notice"


def _notice_cookie(request: AnyRequest, value: str, *, seconds: int) -> Cookie:
    return Cookie(
        key=notice_cookie_name(request),
        value=value,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="strict",
    )
