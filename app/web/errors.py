"""From what went wrong to an answer: a page for browsers, problem+json for programs."""

import logging
from typing import Any

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from app.web.guard import FirstPassword, NotSignedIn, TooMany
from app.web.shell import page, set_shell, shell_of
from programmes.common.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Refused

AnyRequest = Request[Any, Any, Any]
log = logging.getLogger("waymark")
TITLES = {
    400: "That could not be read",
    401: "Sign in to continue",
    403: "You cannot do this",
    404: "Page not found",
    405: "Page not found",
    409: "Somebody else changed this",
    413: "That is too large",
    415: "That could not be read",
    422: "There is a problem",
    429: "Too many tries",
    500: "Sorry, something went wrong",
    503: "Sorry, the service is not available",
}
_STATUS_OF: tuple[tuple[type[DomainError], int], ...] = (
    (NotSignedIn, 401),
    (TooMany, 429),
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
    (Refused, 422),
)
CONFLICTS = (
    asyncpg.ExclusionViolationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.UniqueViolationError,
)
OUT_OF_BOUNDS = (
    asyncpg.CheckViolationError,
    asyncpg.ForeignKeyViolationError,
    asyncpg.NotNullViolationError,
)
UNAVAILABLE = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    # Starting, stopping, or recovering from a crash; asked for too long; no room left.
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.QueryCanceledError,
    asyncpg.InsufficientResourcesError,
    OSError,
    TimeoutError,
)


class Problem(msgspec.Struct, omit_defaults=True):
    """RFC 9457: what every refusal of the JSON interface looks like."""

    title: str
    status: int
    type: str = "about:blank"
    detail: str = ""
    errors: dict[str, str] = {}
    current: dict[str, str] = {}


def domain_error(request: AnyRequest, error: DomainError) -> Response[Any]:
    status = next(code for kind, code in _STATUS_OF if isinstance(error, kind))
    if isinstance(error, NotSignedIn) and not wants_json(request):
        return _to_sign_in(request)
    if isinstance(error, FirstPassword) and not wants_json(request):
        return Redirect("/account", status_code=303)
    fields = error.errors if isinstance(error, Invalid) else {}
    current = error.current if isinstance(error, Conflict) else {}
    answered = answer(request, status, error.message, errors=fields, current=current)
    if isinstance(error, TooMany):
        answered.headers["Retry-After"] = str(error.seconds)
    return answered


def http_error(request: AnyRequest, error: HTTPException) -> Response[Any]:
    status = error.status_code
    if status == 405:
        status = 404
    detail = "" if status in (404, 500) else str(error.detail)
    return answer(request, status, detail, errors=_field_errors(error))


def database_conflict(request: AnyRequest, error: Exception) -> Response[Any]:
    """Two people did it at once, and the database let one of them."""
    return answer(request, 409, "Somebody else has just taken or changed this. Look again.")


def database_refusal(request: AnyRequest, error: Exception) -> Response[Any]:
    """Row security said no, which looks like absence."""
    return answer(request, 404, "")


def unreadable(request: AnyRequest, error: Exception) -> Response[Any]:
    """A text with a character that no record can hold, or a number beyond every bound."""
    words = "Something here cannot be saved: a hidden character, or a number that is too large."
    return answer(request, 422, f"{words} Type it anew and try again.")


def out_of_bounds(request: AnyRequest, error: Exception) -> Response[Any]:
    """The last line: what no form let through, and the database does not hold."""
    name = getattr(error, "constraint_name", None)
    log.warning("a constraint refused %s at %s", name, request.scope["path"])
    words = "A value here cannot be recorded: it is too small or too large, or names nothing known."
    return answer(request, 422, f"{words} Change it and try again.")


def unavailable(request: AnyRequest, error: Exception) -> Response[Any]:
    return answer(request, 503, "The service cannot reach its records just now. Try again soon.")


def unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    log.error("unexpected at %s", request.scope["path"], exc_info=error)
    return answer(request, 500, "Nothing was saved. Try again; if it happens again, tell us.")


def answer(
    request: AnyRequest,
    status: int,
    detail: str,
    *,
    errors: dict[str, str] | None = None,
    current: dict[str, str] | None = None,
) -> Response[Any]:
    title = TITLES.get(status, TITLES[500 if status >= 500 else 400])
    detail = "" if status == 404 else detail
    if wants_json(request):
        problem = Problem(title, status, detail=detail, errors=errors or {}, current=current or {})
        return Response(
            msgspec.json.encode(problem),
            status_code=status,
            media_type="application/problem+json",
        )
    if status == 404:
        _forget_where(request)
    return page(
        request,
        "errors/problem.html",
        status_code=status,
        title=title,
        detail=detail,
        status=status,
        field_errors=errors or {},
        current=current or {},
    )


def _forget_where(request: AnyRequest) -> None:
    """The menu marks nothing as open, so that an absent page is the same at every address."""
    shell = shell_of(request)
    items = tuple(msgspec.structs.replace(item, is_current=False) for item in shell.navigation)
    set_shell(request.scope, msgspec.structs.replace(shell, navigation=items))


def wants_json(request: AnyRequest) -> bool:
    return request.url.path.startswith("/api/")


def _to_sign_in(request: AnyRequest) -> Response[Any]:
    return Redirect(f"/sign-in?next={request.url.path}", status_code=303)


def _field_errors(error: HTTPException) -> dict[str, str]:
    extra = error.extra if isinstance(error.extra, list) else []
    return {
        str(item.get("key", "body")): str(item.get("message", ""))
        for item in extra
        if isinstance(item, dict)
    }


EXCEPTION_HANDLERS: dict[Any, Any] = {
    DomainError: domain_error,
    HTTPException: http_error,
    **dict.fromkeys(CONFLICTS, database_conflict),
    asyncpg.InsufficientPrivilegeError: database_refusal,
    asyncpg.DataError: unreadable,
    **dict.fromkeys(OUT_OF_BOUNDS, out_of_bounds),
    **dict.fromkeys(UNAVAILABLE, unavailable),
    Exception: unexpected,
}
