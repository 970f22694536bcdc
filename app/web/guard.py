"""The one guard: every route declares its permission, and without it answers as if absent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from app.settings import Settings
from programmes.common.db import Side
from programmes.common.errors import DomainError, NotAllowed, NotFound
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.common.staff import Actor

SURVIVOR_RESOURCES = frozenset(
    {
        Resource.SURVIVOR,
        Resource.PROTECTED_PLACE,
        Resource.SURVIVOR_REPORT,
        Resource.QUESTIONNAIRE,
        Resource.AUDIT_SURVIVOR,
    }
)
EVERYBODY = "everybody"
"""Open without sign-in: the short list that a house rule holds."""
SIGNED_IN = "signed-in"
"""Open to whoever is signed in, on either side."""


class NotSignedIn(DomainError):
    """Nobody is signed in, or no longer."""

    def __init__(self) -> None:
        super().__init__("Sign in to continue.")


class TooMany(DomainError):
    """A program asks more often, or for more cases, than its token may."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"This token has asked for too much. Ask again in {seconds} seconds.")
        self.seconds = seconds


class FirstPassword(NotAllowed):
    """Signed in with a password that somebody else gave: nothing else until it is changed."""

    def __init__(self) -> None:
        super().__init__(
            "This is the password that you were given. Choose your own first: "
            "POST /api/v1/account/password."
        )


def on(resource: Resource, verb: Verb, *, side: Side | None = None) -> dict[str, Any]:
    """What a route says of itself: `@get(..., **on(Resource.PERSON, Verb.READ))`.

    The side follows from the resource; say it where both sides read the same thing.
    """
    natural = Side.SURVIVOR if resource in SURVIVOR_RESOURCES else Side.WORK
    return {"opt": {"permission": Permission(resource, verb), "side": side or natural}}


def on_each_side(work: Resource, survivor: Resource, verb: Verb) -> dict[str, Any]:
    """A page that each side has for itself, over its own database."""
    permissions = {Side.WORK: Permission(work, verb), Side.SURVIVOR: Permission(survivor, verb)}
    return {"opt": {"permission": permissions[Side.WORK], "by_side": permissions}}


def for_everybody() -> dict[str, Any]:
    return {"opt": {"permission": EVERYBODY}}


def for_signed_in() -> dict[str, Any]:
    return {"opt": {"permission": SIGNED_IN}}


def for_newcomers() -> dict[str, Any]:
    """For whoever is signed in, also before they have chosen a password of their own."""
    return {"opt": {"permission": SIGNED_IN, "with_first_password": True}}


def actor_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Actor:
    """Who is asking. Raises NotSignedIn."""
    actor = connection.scope["state"].get("actor")
    if not isinstance(actor, Actor):
        raise NotSignedIn
    return actor


def now_of(connection: ASGIConnection[Any, Any, Any, Any]) -> datetime:
    """The present instant, by the service's clock."""
    now: datetime = connection.app.state.clock.now()
    return now


def who_and_when(connection: ASGIConnection[Any, Any, Any, Any]) -> dict[str, Any]:
    """The two arguments that every command takes."""
    return {"actor": actor_of(connection), "now": now_of(connection)}


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Fails closed: a route that declares nothing is open to nobody.

    Awaits nothing, but a plain function would be sent to another thread at every request.
    """
    opt: Mapping[str, Any] = handler.opt
    permission = opt.get("permission")
    if permission == EVERYBODY:
        return
    _hold_programs_back(connection)
    actor = actor_of(connection)
    if connection.scope["state"].get("password_is_first") and not opt.get("with_first_password"):
        raise FirstPassword
    if permission == SIGNED_IN:
        return
    if not isinstance(permission, Permission):
        raise NotFound
    by_side: Mapping[Side, Permission] = opt.get("by_side") or {opt["side"]: permission}
    if actor.side not in by_side or not may(actor, by_side[actor.side]):
        raise NotFound


def _hold_programs_back(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Raises TooMany, or NotAllowed where a token that may only read would write."""
    state = connection.scope["state"]
    if state.get("seconds_to_wait"):
        raise TooMany(state["seconds_to_wait"])
    if state.get("only_reads") and connection.scope.get("method") not in ("GET", "HEAD", "OPTIONS"):
        raise NotAllowed("This token may read and not write.")


def cookie_name(settings: Settings) -> str:
    """The demo runs over plain http on loopback, where browsers keep no `__Host-` cookie."""
    return "waymark" if settings.is_demo else "__Host-waymark"
