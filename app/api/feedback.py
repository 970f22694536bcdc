"""What participants said, in numbers, as JSON."""

from typing import Any

from litestar import Request, get

from app.web.guard import actor_of, on
from outcomes.feedback.queries import ProgrammeFeedback, feedback
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/feedback", **on(Resource.MANAGEMENT_REPORT, Verb.READ))
async def api_feedback(request: AnyRequest) -> list[ProgrammeFeedback]:
    return await feedback(actor_of(request))
