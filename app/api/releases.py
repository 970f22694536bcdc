"""Releases as JSON: the same tables, to the same people."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get
from litestar.params import FromPath

from app.release_reading import release_for, releases_for, revisions_for
from app.release_revisions import RevisionLine, revision_lines
from app.web.guard import on_each_side
from outcomes.disclosure.describe import notes
from outcomes.disclosure.words import ReleasedTable
from outcomes.releases.answers import answers
from outcomes.releases.measures import Answered, answered
from outcomes.releases.words import ReleaseFacts, ReleaseStatus
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on_each_side(Resource.RELEASE, Resource.RELEASE, Verb.READ)


class ReleaseListed(msgspec.Struct, frozen=True):
    status: ReleaseStatus
    release: ReleaseFacts


class TableRead(msgspec.Struct, frozen=True):
    """`figures` by their categories, joined by a space; hidden ones as their marker."""

    code: str
    title: str
    unit: str
    notes: tuple[str, ...]
    figures: dict[str, int | str]


class AnswerRead(msgspec.Struct, frozen=True):
    question: str
    answer: tuple[str, ...]


class ReleaseRead(msgspec.Struct, frozen=True):
    release: ReleaseFacts
    answers: list[AnswerRead]
    tables: list[TableRead]
    withheld: tuple[str, ...]
    measures: list[Answered]
    revisions: list[RevisionLine]


@get("/releases", **_READ)
async def api_releases(request: AnyRequest) -> list[ReleaseListed]:
    return [ReleaseListed(one.status, one) for one in await releases_for(request)]


@get("/releases/{release_id:uuid}", **_READ)
async def api_release(request: AnyRequest, release_id: FromPath[UUID]) -> ReleaseRead:
    found, beside = await release_for(request, release_id)
    family, corrections = await revisions_for(request, found)
    return ReleaseRead(
        found.facts,
        [AnswerRead(one.question, one.said) for one in answers(found.figures, beside)],
        [_table(table) for table in found.figures.tables],
        found.figures.withheld,
        answered(found.figures, beside),
        revision_lines(family, corrections),
    )


def _table(table: ReleasedTable) -> TableRead:
    figures = {
        " ".join(key): cell.text if cell.value is None else cell.value for key, cell in table.cells
    }
    return TableRead(table.code, table.title, table.unit, notes(table), figures)
