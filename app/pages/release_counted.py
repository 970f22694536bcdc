"""How one table of a release was counted: with the version of the rules it was frozen with."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.release_reading import release_for
from app.web.components import Fact
from app.web.guard import on_each_side
from app.web.shell import page
from outcomes.disclosure.describe import notes
from outcomes.disclosure.words import ReleasedTable
from outcomes.releases.definitions import LineDefinition, line_definition, table_definition
from outcomes.releases.words import FrozenRelease
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
READ: dict[str, Any] = on_each_side(Resource.RELEASE, Resource.RELEASE, Verb.READ)


@get("/releases/{release_id:uuid}/counted/{table_code:str}", **READ)
async def release_counted_page(
    request: AnyRequest, release_id: FromPath[UUID], table_code: FromPath[str]
) -> Template:
    found, _beside = await release_for(request, release_id)
    table = table_of(found, table_code)
    return page(
        request,
        "releases/counted.html",
        release=found.facts,
        title=table.title,
        facts=_facts(found, table),
        lines=[
            {"name": line.label, "facts": _line(line_definition(line.code))} for line in table.lines
        ],
    )


def table_of(found: FrozenRelease, code: str) -> ReleasedTable:
    """Raises NotFound."""
    wanted = code.replace("-", "_")
    table = next((one for one in found.figures.tables if one.code == wanted), None)
    if table is None:
        raise NotFound
    return table


def _facts(found: FrozenRelease, table: ReleasedTable) -> list[Fact]:
    rules = table_definition(table)
    said, *protection = notes(table)
    last_on = table.period.until - timedelta(days=1)
    return [
        Fact("What is counted", said),
        Fact("Out of", rules.out_of),
        Fact("Left out", rules.leaves_out),
        Fact("Period", present.date_span(table.period.first_on, last_on)),
        Fact("Rule version", f"{table.version}, since {present.long_date(rules.since)}"),
        *([Fact("What changed then", rules.changed)] if rules.changed else []),
        Fact("As of", present.date_and_time(found.facts.computed_at)),
        Fact("Revision", str(table.revision) if table.revision else "None"),
        *([Fact("To protect people", protection)] if protection else []),
    ]


def _line(rules: LineDefinition) -> list[Fact]:
    return [
        Fact("What is counted", rules.counts),
        Fact("Out of", rules.out_of),
        Fact("Left out", rules.leaves_out),
    ]
