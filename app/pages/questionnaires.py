"""What survivors are asked: every version, and the form of a new one."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.questionnaires import NEW_QUESTIONNAIRE, change_of
from app.forms.view import FormView
from app.web.components import Cell
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.survivors.questionnaire_commands import ADD_QUESTIONNAIRE, add_questionnaire
from outcomes.survivors.questionnaire_queries import questionnaires
from outcomes.survivors.questionnaires import (
    ABUSE,
    THEMES,
    Question,
    Questionnaire,
    questionnaire_on,
)
from outcomes.survivors.words import Source
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may

AnyRequest = Request[Any, Any, Any]


@get("/questionnaires", **on(Resource.QUESTIONNAIRE, Verb.READ))
async def questionnaires_page(request: AnyRequest) -> Template:
    versions = await questionnaires()
    now_asked = questionnaire_on(london_date(request.app.state.clock.now()), versions)
    return page(
        request,
        "questionnaires/list.html",
        versions=[
            (one, _standing(one, now_asked), _rows(one.themes), _rows(one.abuse))
            for one in reversed(versions)
        ],
        may_add=may(actor_of(request), ADD_QUESTIONNAIRE),
    )


@get("/questionnaires/new", **on(Resource.QUESTIONNAIRE, Verb.CREATE))
async def new_questionnaire_page(request: AnyRequest) -> Template:
    """Filled in with what the latest version asks."""
    latest = (await questionnaires())[-1]
    initial: dict[str, Any] = {one.code: one.asks for one in latest.questions}
    initial["also_childrens_worker"] = tuple(
        one.code for one in latest.themes if Source.CHILDRENS_WORKER in one.sources
    )
    form = NEW_QUESTIONNAIRE.blank(new_id(request.app.state.clock.now()), initial=initial)
    return _form_page(request, form)


@post("/questionnaires/new", status_code=303, **on(Resource.QUESTIONNAIRE, Verb.CREATE))
async def save_questionnaire(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[Any]) -> str:
        now = request.app.state.clock.now()
        await add_questionnaire(change_of(sent.values), actor=actor_of(request), now=now)
        return "/questionnaires"

    async def show(form: FormView, status: int) -> Template:
        return _form_page(request, form, status_code=status)

    return await submit(
        request,
        NEW_QUESTIONNAIRE,
        do=do,
        show=show,
        notice="The version is added. Answers given before keep the questions they were given to.",
    )


def _standing(one: Questionnaire, now_asked: Questionnaire) -> str:
    since = present.full_date(one.valid_from)
    if one == now_asked:
        return f"Asked now, since {since}"
    return f"{'From' if one.valid_from > now_asked.valid_from else 'Before, from'} {since}"


def _rows(questions: Sequence[Question]) -> list[list[Any]]:
    return [[Cell(one.name, note=_also(one)), one.asks] for one in questions]


def _also(one: Question) -> str:
    return "the children's worker too" if Source.CHILDRENS_WORKER in one.sources else ""


def _form_page(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    return page(
        request,
        "questionnaires/new.html",
        status_code=status_code,
        form=form,
        themes=list(THEMES),
        abuse=list(ABUSE),
    )
