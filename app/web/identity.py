"""Tells every page who is signed in and where they may go."""

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from app.web.menu import menu_of, section_of
from app.web.roles import NAMES
from app.web.shell import Shell, navigation_at, set_shell
from programmes.common.staff import Actor


class ShellOfActor:
    """Inside the transaction, around the pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and not scope["path"].startswith("/api/"):
            is_demo = scope["app"].state.settings.is_demo
            shell = _shell(scope["state"].get("actor"), scope["path"], is_demo)
            is_new = scope["state"].get("password_is_first")
            set_shell(scope, msgspec.structs.replace(shell, navigation=()) if is_new else shell)
        await self.app(scope, receive, send)


def _shell(actor: Actor | None, path: str, is_demo: bool) -> Shell:
    if actor is None:
        return Shell(is_demo=is_demo)
    return Shell(
        name=actor.name,
        role=NAMES[actor.role],
        account=str(actor.account_id),
        navigation=navigation_at(section_of(path, actor), menu_of(actor)),
        is_demo=is_demo,
    )
