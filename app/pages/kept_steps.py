"""What is typed into a step of a referral is kept while it is typed, before anybody saves it."""

from itertools import chain
from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.params import FromPath

from app.forms.form import SUBMISSION, VERSION, typed_form
from app.forms.intake import STEPS
from app.web.guard import actor_of, on
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb
from programmes.referrals.draft_commands import keep_typed
from programmes.referrals.draft_queries import draft

MOST_CHARACTERS = 20_000


@post(
    "/referrals/drafts/{draft_id:uuid}/{step:str}/typed",
    status_code=204,
    **on(Resource.PERSON, Verb.CREATE),
)
async def keep_step(
    request: Request[Any, Any, Any], draft_id: FromPath[UUID], step: FromPath[str]
) -> None:
    """Says nothing to the one who types: what is wrong is told when they save."""
    actor = actor_of(request)
    await draft(actor, draft_id)
    posted = await typed_form(request)
    version = "".join(posted.get(VERSION, ()))
    typed = {
        name: list(values) for name, values in posted.items() if name not in (SUBMISSION, VERSION)
    }
    if step not in STEPS or not version.isdecimal():
        raise NotFound
    if sum(map(len, (*typed, *chain(*typed.values())))) > MOST_CHARACTERS:
        return
    await keep_typed(
        draft_id,
        step,
        typed,
        version=int(version[:9]),
        actor=actor,
        now=request.app.state.clock.now(),
    )
