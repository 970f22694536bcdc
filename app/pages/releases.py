"""Published figures: the list, one release as a board reads it, its pictures, and publishing it."""

import asyncio
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.releases import ACT_ON_RELEASE, ActOnRelease
from app.forms.view import FormView
from app.labels import tag
from app.release_reading import release_for, releases_for, revisions_for
from app.release_revisions import revision_lines
from app.views.releases import tables_of, view_of
from app.web.components import Cell, Fact
from app.web.guard import actor_of, on, on_each_side
from app.web.shell import page
from app.web.submitting import submit
from outcomes.disclosure.words import Profile
from outcomes.releases.answer_words import Chart
from outcomes.releases.baselines import BESIDE, beside_published
from outcomes.releases.commands import PREPARE, propose_release, publish_release
from outcomes.releases.measures import answered
from outcomes.releases.pictures import drawn
from outcomes.releases.rules import reasons_not_to_propose, reasons_not_to_publish
from outcomes.releases.words import ReleaseFacts
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.common.staff import Actor

AnyRequest = Request[Any, Any, Any]
_READ: dict[str, Any] = on_each_side(Resource.RELEASE, Resource.RELEASE, Verb.READ)
_ACT: dict[str, Any] = on(Resource.RELEASE, Verb.CREATE)
_CHARTS = [f"/releases/{{release_id:uuid}}/{chart}.svg" for chart in Chart]


@get("/releases", **_READ)
async def releases_page(request: AnyRequest) -> Template:
    is_preparing = may(actor_of(request), PREPARE)
    rows = [
        [
            Cell(_named(one), f"/releases/{one.id}"),
            present.sentence(one.profile),
            _since(one),
            *([Cell(tag=tag(one.status))] if is_preparing else []),
        ]
        for one in await releases_for(request)
    ]
    headers = ["Period", "For", "Published", *(["Status"] if is_preparing else [])]
    return page(
        request, "releases/list.html", rows=rows, headers=headers, is_preparing=is_preparing
    )


def _named(one: ReleaseFacts) -> str:
    """Told apart by its words alone: the same period may be out for both kinds of readers."""
    return f"{one.title}, for everybody" if one.profile is Profile.PUBLIC else one.title


def _since(one: ReleaseFacts) -> str:
    at = one.published_at
    return present.long_date(london_date(at)) if at else "Not published"


@get("/releases/{release_id:uuid}", **_READ)
async def release_page(request: AnyRequest, release_id: FromPath[UUID]) -> Template:
    return await _release_page(request, release_id)


@get(_CHARTS, media_type="image/svg+xml", **_READ)
async def release_chart(request: AnyRequest, release_id: FromPath[UUID]) -> Response[bytes]:
    found, _beside = await release_for(request, release_id)
    chart = Chart(PurePosixPath(request.url.path).stem)
    picture = await asyncio.to_thread(drawn, found.figures, chart)
    if picture is None:
        raise NotFound
    return Response(picture, media_type="image/svg+xml")


@post("/releases/{release_id:uuid}/propose", status_code=303, **_ACT)
async def propose(request: AnyRequest, release_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[ActOnRelease]) -> str:
        await propose_release(release_id, actor=actor_of(request))
        return f"/releases/{release_id}"

    return await _act(request, release_id, do, "Proposed. Another manager now publishes it.")


@post("/releases/{release_id:uuid}/publish", status_code=303, **_ACT)
async def publish(request: AnyRequest, release_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[ActOnRelease]) -> str:
        now = request.app.state.clock.now()
        await publish_release(release_id, actor=actor_of(request), now=now)
        return f"/releases/{release_id}"

    return await _act(request, release_id, do, "Published. The board can read it now.")


async def _act(request: AnyRequest, release_id: UUID, do: Any, notice: str) -> Response[Any]:
    async def show(form: FormView, status: int) -> Template:
        return await _release_page(request, release_id, form=form, status_code=status)

    return await submit(request, ACT_ON_RELEASE, do=do, show=show, notice=notice)


async def _release_page(
    request: AnyRequest, release_id: UUID, *, form: FormView | None = None, status_code: int = 200
) -> Template:
    found, beside = await release_for(request, release_id)
    family, corrections = await revisions_for(request, found)
    actor = actor_of(request)
    return page(
        request,
        "releases/release.html",
        status_code=status_code,
        release=found.facts,
        answers=view_of(found.figures, beside),
        tables=tables_of(found.figures),
        about=_about(found.facts),
        measures=[[one.name, one.figure, one.supplier] for one in answered(found.figures, beside)],
        baselines=beside_published(found.figures),
        beside=BESIDE,
        revisions=[
            [line.when, Cell(line.said, line.href)] for line in revision_lines(family, corrections)
        ],
        form=form or ACT_ON_RELEASE.blank(new_id(request.app.state.clock.now())),
        step=_step(found.facts, actor),
        why_not=_why_not(found.facts, actor),
    )


def _about(facts: ReleaseFacts) -> list[Fact]:
    return [
        Fact("Computed", present.date_and_time(facts.computed_at)),
        Fact("Published", _since(facts)),
        Fact("Revision", str(facts.revision) if facts.revision else "None"),
        Fact("SHA-256", facts.sha256),
    ]


def _step(facts: ReleaseFacts, actor: Actor) -> str:
    """What this person may do with it now: propose, publish, or nothing."""
    if not may(actor, PREPARE):
        return ""
    if not reasons_not_to_propose(facts):
        return "propose"
    return "" if reasons_not_to_publish(facts, by=actor.account_id) else "publish"


def _why_not(facts: ReleaseFacts, actor: Actor) -> str:
    if facts.published_at is not None or not may(actor, PREPARE) or _step(facts, actor):
        return ""
    return " ".join(reasons_not_to_publish(facts, by=actor.account_id))
