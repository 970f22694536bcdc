"""Partners' figures, and how a table of a release was counted, as JSON."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.forms.partners import ENTER_FIGURE_FORM, EnterFigure
from app.pages.partners import CHOICES, new_figure
from app.pages.release_counted import READ, table_of
from app.release_reading import release_for
from app.web.guard import actor_of, on
from outcomes.disclosure.describe import notes
from outcomes.releases.definitions import (
    LineDefinition,
    TableDefinition,
    line_definition,
    table_definition,
)
from outcomes.releases.partner_commands import enter_partner_figure, withdraw_partner_figure
from outcomes.releases.partner_queries import PartnerFigureRow, partner_figures
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_ENTER: dict[str, Any] = on(Resource.RELEASE, Verb.CREATE)


class FigureEntered(msgspec.Struct, frozen=True):
    id: UUID


class TableCounted(msgspec.Struct, frozen=True):
    code: str
    version: int
    notes: tuple[str, ...]
    rules: TableDefinition
    lines: dict[str, LineDefinition]


@get("/releases/partners", **_ENTER)
async def api_partners(request: AnyRequest) -> list[PartnerFigureRow]:
    return await partner_figures()


@post("/releases/partners", **_ENTER)
async def api_enter_figure(request: AnyRequest, data: JSONBody[EnterFigure]) -> FigureEntered:
    ENTER_FIGURE_FORM.checked(data, choices=CHOICES)
    now = request.app.state.clock.now()
    actor = actor_of(request)
    return FigureEntered(await enter_partner_figure(new_figure(data), actor=actor, now=now))


@post("/releases/partners/{figure_id:uuid}/withdraw", status_code=204, **_ENTER)
async def api_withdraw_figure(request: AnyRequest, figure_id: FromPath[UUID]) -> None:
    now = request.app.state.clock.now()
    await withdraw_partner_figure(figure_id, actor=actor_of(request), now=now)


@get("/releases/{release_id:uuid}/counted/{table_code:str}", **READ)
async def api_release_counted(
    request: AnyRequest, release_id: FromPath[UUID], table_code: FromPath[str]
) -> TableCounted:
    found, _beside = await release_for(request, release_id)
    table = table_of(found, table_code)
    lines = {line.code: line_definition(line.code) for line in table.lines}
    return TableCounted(table.code, table.version, notes(table), table_definition(table), lines)
