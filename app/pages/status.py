"""How the installation does: a page for administrators, and figures for whoever watches it."""

import hmac
from datetime import datetime, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.response import Template

from app import present
from app.labels.jobs import JOB_WORDS
from app.running.check_home import OLDEST_BACKUP
from app.running.figures import as_exposition
from app.running.status import JobStatus, Status, file_ages, status
from app.safekeeping.keys import key_of
from app.web.components import Cell, Fact, Header, Tag
from app.web.guard import actor_of, for_everybody, on_each_side
from app.web.shell import page
from programmes.common.db import Side
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, may

AnyRequest = Request[Any, Any, Any]
_ADMINISTRATORS = on_each_side(Resource.USERS, Resource.USERS, Verb.READ)
OLD_CHECK = timedelta(days=2)


@get("/status", **_ADMINISTRATORS)
async def status_page(request: AnyRequest) -> Template:
    state = request.app.state
    found = await status(actor_of(request), state.databases, now=state.clock.now())
    actor = actor_of(request)
    is_told = actor.side is Side.WORK and may(actor, Permission(Resource.CATALOGUE, Verb.READ))
    return page(
        request,
        "accounts/status.html",
        jobs=_rows(found),
        facts=_facts(found),
        may_read_rules=is_told,
    )


@get("/status", **_ADMINISTRATORS)
async def api_status(request: AnyRequest) -> Status:
    state = request.app.state
    return await status(actor_of(request), state.databases, now=state.clock.now())


@get("/metrics", include_in_schema=False, **for_everybody())
async def metrics(request: AnyRequest) -> Response[str]:
    """Of the one side whose key comes along; without a key there is no such page."""
    state = request.app.state
    side = _side_of_key(request)
    if side is None:
        raise NotFound
    ages = file_ages(state.settings.home, side, now=state.clock.now())
    text = as_exposition(side, state.figures.of_all_workers(side), ages)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


def _side_of_key(request: AnyRequest) -> Side | None:
    given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    for side in request.app.state.databases.sides:
        key = key_of(request.app.state.settings.home, side, "metrics").hex()
        if hmac.compare_digest(key.encode(), given.encode()):
            return Side(side)
    return None


def _rows(found: Status) -> tuple[list[Any], list[list[Any]]]:
    headers = ["Job", "Last run", "Outcome", Header("Done", is_numeric=True)]
    headers += [Header("Failed", is_numeric=True), Header("Went badly in a day", is_numeric=True)]
    return headers, [_row(job) for job in found.jobs]


def _row(job: JobStatus) -> list[Any]:
    often = Cell(JOB_WORDS[job.job], note=f"every {_minutes(job.every_minutes)}")
    if job.last is None:
        return [often, "Not in the last day", Cell(tag=_tag(job)), "–", "–", "–"]
    last = job.last
    return [
        often,
        present.short_date_and_time(last.started_at),
        Cell(tag=_tag(job)),
        str(last.done),
        str(last.failed),
        f"{last.bad_runs} of {last.runs}",
    ]


def _tag(job: JobStatus) -> Tag:
    if job.is_late:
        return Tag("Late", "red")
    if job.last is None:
        return Tag("Not due", "grey")
    colours = {"done": "green", "running": "blue", "partly failed": "orange", "failed": "red"}
    return Tag(present.sentence(job.last.outcome), colours[job.last.outcome])  # type: ignore[arg-type]


def _minutes(minutes: int) -> str:
    if minutes >= 60:
        return "hour" if minutes < 120 else f"{minutes // 60} hours"
    return f"{minutes} minutes" if minutes > 1 else "minute"


def _facts(found: Status) -> list[Fact]:
    facts = [
        Fact("Last backup", _age(found.backed_up_at, found.at, OLDEST_BACKUP)),
        Fact("Audit checked to its end", _age(found.audit_checked_at, found.at, OLD_CHECK)),
    ]
    if found.counts is not None:
        counts = found.counts
        waiting = ", ".join(f"{number} {state}" for state, number in counts.messages.items())
        facts += [
            Fact("Clocks past their time", str(counts.clocks_overdue)),
            Fact("Clocks that end within four hours", str(counts.clocks_soon)),
            Fact("Messages", waiting),
            Fact("Sign-in by your own provider", _provider(found)),
        ]
    return facts


def _provider(found: Status) -> Cell:
    if found.provider is None:
        return Cell("Not set", note="Everybody signs in with their password and a code.")
    note = "Whoever linked their account there signs in by it, with a code of ours."
    return Cell(found.provider, note=note, tag=Tag("Set", "green"))


def _age(at: datetime | None, now: datetime, longest: timedelta) -> Cell:
    if at is None:
        return Cell("Never", tag=Tag("Look at it", "red"))
    tag = Tag("Too long ago", "red") if now - at > longest else Tag("In time", "green")
    return Cell(present.date_and_time(at), tag=tag)
