"""What survivors are asked, as JSON."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from app.api.texts import Line
from app.web.guard import actor_of, on
from outcomes.survivors.questionnaire_commands import add_questionnaire
from outcomes.survivors.questionnaire_queries import StoredQuestionnaire, stored_questionnaires
from outcomes.survivors.questionnaires import ABUSE, THEMES, Change
from programmes.common.errors import Invalid
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
Why = Annotated[str, Meta(min_length=1, max_length=500)]


class QuestionnaireSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`asks`: the words of each question by its code; one that is left out is not asked."""

    valid_from: date
    based_on: Why
    asks: dict[str, Line]
    also_childrens_worker: tuple[str, ...] = ()


class AddedQuestionnaire(Struct, frozen=True):
    id: UUID


@get("/questionnaires", **on(Resource.QUESTIONNAIRE, Verb.READ))
async def api_questionnaires(request: AnyRequest) -> list[StoredQuestionnaire]:
    return await stored_questionnaires()


@post("/questionnaires", **on(Resource.QUESTIONNAIRE, Verb.CREATE))
async def api_add_questionnaire(
    request: AnyRequest, data: JSONBody[QuestionnaireSent]
) -> AddedQuestionnaire:
    unknown = set(data.asks) - {*THEMES, *ABUSE} | set(data.also_childrens_worker) - set(THEMES)
    if unknown:
        raise Invalid(dict.fromkeys(sorted(unknown), "There is no such theme or kind of abuse"))
    change = Change(
        valid_from=data.valid_from,
        based_on=data.based_on.strip(),
        asks={code: words.strip() for code, words in data.asks.items()},
        also_childrens_worker=data.also_childrens_worker,
    )
    now = request.app.state.clock.now()
    return AddedQuestionnaire(await add_questionnaire(change, actor=actor_of(request), now=now))
