"""The trail: who did what, to which record, when and why."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.params import FromQuery, QueryParameter
from litestar.response import Template

from app import present
from app.labels import label
from app.labels.acts import act_in_words
from app.labels.columns import columns_in_words
from app.labels.records import record_in_words
from app.web.beat import answer_on_the_beat
from app.web.components import Cell, Paging
from app.web.guard import actor_of, on_each_side
from app.web.shell import page
from programmes.common.audit_queries import (
    PAGE,
    Narrowed,
    TrailRow,
    acts,
    reads_whole_audit,
    trail,
)
from programmes.common.db import Side
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.common.staff import Role

AnyRequest = Request[Any, Any, Any]
_READ_PEOPLE = Permission(Resource.PERSON, Verb.READ)
OPERATIONS = {
    "insert": "Added",
    "update": "Changed",
    "read": "Read",
    "disclose": "Given out",
    "combine": "Combined",
    "refuse": "Refused",
    "sign-in": "Signed in",
}


@get("/audit", **on_each_side(Resource.AUDIT_WORK, Resource.AUDIT_SURVIVOR, Verb.READ))
async def audit_page(
    request: AnyRequest,
    act: FromQuery[str] = "",
    operation: FromQuery[str] = "",
    who: FromQuery[str] = "",
    reference: FromQuery[str] = "",
    page_number: Annotated[int, QueryParameter(name="page", ge=1)] = 1,
) -> Template:
    actor = actor_of(request)
    sees_people = may(actor, _READ_PEOPLE) or actor.role is Role.AUDITOR
    wanted = Narrowed(act=act, operation=operation, who=who.strip(), reference=reference.strip())
    found = await trail(actor, wanted, page=page_number)
    if wanted.reference and not found.rows:
        answer_on_the_beat(request)
    return page(
        request,
        "audit/trail.html",
        rows=[_cells(row) for row in found.rows],
        acts=sorted((act_in_words(one), one) for one in await acts(actor)),
        wanted=wanted,
        operations=OPERATIONS,
        names_staff=reads_whole_audit(actor),
        names_people=actor.side is Side.WORK and sees_people,
        leads_to_rules=actor.role is Role.AUDITOR and actor.side is Side.WORK,
        paging=Paging(
            page=page_number,
            size=PAGE,
            total=found.total,
            path="/audit",
            query=msgspec.to_builtins(wanted),
        ),
    )


def _cells(row: TrailRow) -> list[Any]:
    role = label(Role(row.role)) if row.role else ""
    return [
        present.short_date_and_time(row.at),
        Cell(row.who or "Not named", note=role),
        Cell(act_in_words(row.act), note=row.reason or ""),
        OPERATIONS.get(row.operation, row.operation),
        Cell(record_in_words(row.resource), note=row.person_reference or ""),
        columns_in_words(row.columns or ()),
    ]
