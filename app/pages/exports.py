"""Lists that leave the service: asked for, agreed to, taken away with the code once more."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.exports import ASK_EXPORT, LISTS, TAKE_EXPORT, AskExport
from app.forms.form import Submitted, typed_form
from app.forms.press import PRESS, Press
from app.forms.view import FormView
from app.web.components import Cell, Fact, Tag
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.errors import Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.common.workbooks.writing import XLSX, ExportSheet, write_csv, write_workbook
from programmes.referrals.export_commands import ALONE, agree_export, ask_export, take_export
from programmes.referrals.export_queries import ExportFacts, export_of, exports, list_called

AnyRequest = Request[Any, Any, Any]
_MAY: dict[str, Any] = on(Resource.EXPORT, Verb.READ)
NAMES = {choice.value: choice.text for choice in LISTS}


@get("/exports", **_MAY)
async def exports_page(request: AnyRequest) -> Template:
    return await _list(request, ASK_EXPORT.blank(new_id(request.app.state.clock.now())))


@post("/exports", status_code=303, **_MAY)
async def ask(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AskExport]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        said = sent.values
        found = await ask_export(said.list_name, reason=said.reason, actor=actor, now=now)
        return f"/exports/{found}"

    async def show(form: FormView, status: int) -> Template:
        return await _list(request, form, status_code=status)

    return await submit(request, ASK_EXPORT, do=do, show=show, notice="Asked for.")


@get("/exports/{export_id:uuid}", **_MAY)
async def export_page(request: AnyRequest, export_id: FromPath[UUID]) -> Template:
    return await _page(request, export_id)


@post("/exports/{export_id:uuid}/agree", status_code=303, **_MAY)
async def agree(request: AnyRequest, export_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[Press]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        await agree_export(export_id, actor=actor, now=now)
        return "/exports"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, export_id, form, status_code=status)

    return await submit(request, PRESS, do=do, show=show, notice="You agreed.")


@post("/exports/{export_id:uuid}/take", status_code=200, **_MAY)
async def take(request: AnyRequest, export_id: FromPath[UUID]) -> Response[Any]:
    """Not a redirect: the file is the answer."""
    actor, now = actor_of(request), request.app.state.clock.now()
    typed = await typed_form(request)
    try:
        said = TAKE_EXPORT.parse(typed).values
        await export_of(actor, export_id)
        await request.app.state.door.code_again(actor.side, actor.account_id, said.code, now=now)
        name, rows = await take_export(export_id, actor=actor, now=now)
    except (Invalid, Refused) as refusal:
        kept = {key: value for key, value in typed.items() if key != "code"}
        return await _page(request, export_id, TAKE_EXPORT.refused(kept, refusal), status_code=422)
    headings = list_called(name).headings
    headers = {"Content-Disposition": f'attachment; filename="{name}.{said.file}"'}
    if said.file == "csv":
        body = write_csv(headings, rows)
        return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
    sheet = ExportSheet(NAMES[name][:31], headings, rows)
    return Response(write_workbook([sheet], made_at=now), media_type=XLSX, headers=headers)


async def _list(request: AnyRequest, form: FormView, *, status_code: int = 200) -> Template:
    return page(
        request,
        "exports/list.html",
        status_code=status_code,
        form=form,
        rows=[_cells(one) for one in await exports(actor_of(request))],
        alone=ALONE,
    )


async def _page(
    request: AnyRequest, export_id: UUID, form: FormView | None = None, *, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await export_of(actor, export_id)
    is_mine = found.asked_by == actor.account_id
    is_ready = found.rows <= ALONE or found.agreed_at is not None
    is_take = form is not None and "code" in form.fields
    blank = TAKE_EXPORT.blank(new_id(now), initial={"file": "xlsx"})
    return page(
        request,
        "exports/export.html",
        status_code=status_code,
        export=found,
        facts=_facts(found),
        take=(form if is_take else blank) if is_mine and is_ready and not found.taken_at else None,
        press=PRESS.blank(new_id(now)),
        is_mine=is_mine,
        is_waiting=not is_ready,
        form=form,
    )


def _state(one: ExportFacts) -> Tag:
    if one.taken_at:
        return Tag("Taken away", "green")
    is_ready = one.rows <= ALONE or one.agreed_at
    return Tag("Ready", "blue") if is_ready else Tag("Waits for a second person", "yellow")


def _cells(one: ExportFacts) -> list[Any]:
    return [
        Cell(NAMES.get(one.list_name, one.list_name), f"/exports/{one.id}"),
        f"{one.rows:,}",
        one.asked_by_name or "",
        present.short_date_and_time(one.asked_at),
        Cell(tag=_state(one)),
    ]


def _facts(one: ExportFacts) -> list[Fact]:
    facts = [
        Fact("List", NAMES.get(one.list_name, one.list_name)),
        Fact("Rows", f"{one.rows:,}"),
        Fact("For", one.reason),
        Fact("Asked for by", f"{one.asked_by_name}, {present.short_date_and_time(one.asked_at)}"),
        Fact("Status", Cell(tag=_state(one))),
    ]
    if one.agreed_at:
        when = present.short_date_and_time(one.agreed_at)
        facts.append(Fact("Agreed by", f"{one.agreed_by_name}, {when}"))
    return facts
