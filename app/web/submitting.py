"""What happens when a form is sent: read, done once, refused filled in, or a conflict shown."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from litestar import Request, Response
from litestar.response import Redirect
from msgspec import Struct

from app.forms.form import NO_CHOICES, Choices, Form, Submitted, typed_form
from app.forms.view import FormView
from app.web.guard import actor_of
from app.web.shell import page, redirect_with_notice
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.tables import Submission

Values = TypeVar("Values", bound=Struct)
AnyRequest = Request[Any, Any, Any]


async def submit(
    request: AnyRequest,
    form: Form[Values],
    *,
    do: Callable[[Submitted[Values]], Awaitable[str]],
    show: Callable[[FormView, int], Awaitable[Response[Any]]],
    notice: str,
    choices: Choices = NO_CHOICES,
) -> Response[Any]:
    """`do` makes the change and says where to go; `show` draws the form again, with a status.

    Sent twice, it is done once: the second press goes where the first one went.
    """
    typed = await typed_form(request)
    try:
        submitted = form.parse(typed, choices=choices)
        went_to = await where_it_went(submitted.submission)
        if went_to is None:
            went_to = await do(submitted)
            await remember(request, submitted.submission, went_to)
    except (Invalid, Refused) as refusal:
        return await show(form.refused(typed, refusal, choices=choices), 422)
    except Conflict as conflict:
        return _conflict_page(request, form, typed, conflict, choices)
    return redirect_with_notice(request, went_to, notice)


def must_be_shown(refused: Mapping[UUID, FormView], shown: Iterable[UUID]) -> None:
    """Raises NotFound for a refused form whose record the page does not hold: what was typed is
    shown again beside its record, whatever became of that meanwhile, or there is no such record."""
    if not refused.keys() <= set(shown):
        raise NotFound


async def where_it_went(submission: UUID) -> str | None:
    """Waits for a first press that is still under way. None where this is the first."""
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", str(submission))
    went_to: str | None = await fetch_value(
        "SELECT went_to FROM auth.submission WHERE id = $1", submission
    )
    return went_to


async def remember(request: AnyRequest, submission: UUID, went_to: str) -> None:
    await insert(
        Submission,
        id=submission,
        account_id=actor_of(request).account_id,
        went_to=went_to,
        sent_at=request.app.state.clock.now(),
    )


def _conflict_page(
    request: AnyRequest, form: Form[Any], typed: Any, conflict: Conflict, choices: Choices
) -> Response[Any]:
    current = conflict.current.get("version", "")
    again = form.refused({**typed, "version": (current,)}, conflict, choices=choices)
    return page(
        request,
        "conflict.html",
        status_code=409,
        message=conflict.message,
        differences=form.differences(typed, conflict, choices=choices),
        form=again,
        action=request.url.path if current else "",
        keep=request.url.path.rsplit("/", 1)[0] or "/",
    )


def redirect(to: str) -> Redirect:
    return Redirect(to, status_code=303)
