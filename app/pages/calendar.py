"""Calendars by room, member of staff and group; and each member of staff's private feed."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from msgspec import Struct

from app import present
from app.documents.calendar_feed import as_ics
from app.forms.form import Form, Submitted, typed_form
from app.forms.view import FormView
from app.web.components import Cell, Link, Tag
from app.web.guard import actor_of, for_everybody, on
from app.web.shell import page
from app.web.submitting import remember, submit, where_it_went
from programmes.common.clock import LONDON, london_date
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from scheduling.calendars.rules import written_day
from scheduling.cohorts.queries import cohorts
from scheduling.sessions.calendar_queries import (
    CalendarSession,
    feed_of,
    sessions_between,
    sessions_for_feed,
)
from scheduling.sessions.feed_commands import WRITE_FEED, feed_hash, make_feed, revoke_feed
from scheduling.sessions.planning_queries import people_who_lead, rooms

AnyRequest = Request[Any, Any, Any]
_DAY = timedelta(days=1)


class NothingAsked(Struct, forbid_unknown_fields=True, frozen=True):
    """A press, and nothing more."""


PRESS = Form(NothingAsked)


@get("/calendar", **on(Resource.COHORTS, Verb.READ))
async def calendar_page(
    request: AnyRequest,
    view: FromQuery[str] = "month",
    on_day: FromQuery[str] = "",
    room: FromQuery[str] = "",
    staff: FromQuery[str] = "",
    cohort: FromQuery[str] = "",
) -> Template:
    """A week or a month, Monday first; an address that makes no sense shows this month."""
    actor = actor_of(request)
    day = _day(on_day) or london_date(request.app.state.clock.now())
    first, last = _week(day) if view == "week" else _month(day)
    chosen = {"room": room, "staff": staff, "cohort": cohort}
    found = await sessions_between(
        actor,
        from_at=_midnight(first),
        until_at=_midnight(last + _DAY),
        room_id=_id(room),
        account_id=_id(staff),
        cohort_id=_id(cohort),
    )
    return page(
        request,
        "cohorts/calendar.html",
        title=_title(view, day, first),
        weeks=_weeks(first, last, found, day if view != "week" else None),
        view="week" if view == "week" else "month",
        day=day.isoformat(),
        chosen=chosen,
        links=_links(view, day, first, chosen),
        rooms=[(str(one.id), one.shown_as) for one in await rooms(actor)],
        staff=[(str(one.id), one.shown_as) for one in await people_who_lead(actor)],
        cohorts=[(str(one.id), f"Group {one.reference}") for one in await cohorts(actor)],
        may_feed=may(actor, WRITE_FEED),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)


def _week(day: date) -> tuple[date, date]:
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY


def _month(day: date) -> tuple[date, date]:
    """Whole weeks around the month."""
    first = day.replace(day=1)
    last = (first + 31 * _DAY).replace(day=1) - _DAY
    return _week(first)[0], _week(last)[1]


def _title(view: str, day: date, first: date) -> str:
    return f"Week of {present.long_date(first)}" if view == "week" else f"{day:%B %Y}"


def _weeks(
    first: date, last: date, found: list[CalendarSession], month: date | None
) -> list[list[dict[str, Any]]]:
    by_day: dict[date, list[Cell]] = {}
    for one in found:
        by_day.setdefault(london_date(one.starts_at), []).append(_cell(one))
    days = [first + n * _DAY for n in range((last - first).days + 1)]
    shown = [
        {
            "number": day.day,
            "words": written_day(day),
            "is_other": month is not None and day.month != month.month,
            "sessions": by_day.get(day, []),
        }
        for day in days
    ]
    return [shown[at : at + 7] for at in range(0, len(shown), 7)]


def _cell(one: CalendarSession) -> Cell:
    return Cell(
        f"{present.wall_time(one.starts_at)} Group {one.cohort_reference}, session {one.number}",
        f"/cohorts/{one.cohort_id}",
        tag=Tag("Cancelled", "grey") if one.status == "cancelled" else None,
        note=". ".join(part for part in (one.room, present.listed(list(one.staff))) if part),
    )


def _links(view: str, day: date, first: date, chosen: dict[str, str]) -> list[Link]:
    if view == "week":
        before, after, other = first - 7 * _DAY, first + 7 * _DAY, "month"
        words = ("Week before", "Week after", "Whole month")
    else:
        start = day.replace(day=1)
        before, after, other = start - _DAY, (start + 31 * _DAY).replace(day=1), "week"
        words = ("Month before", "Month after", "One week")
        view = "month"
    kept = "".join(f"&{name}={value}" for name, value in chosen.items() if value)
    return [
        Link(words[0], f"/calendar?view={view}&on_day={before}{kept}"),
        Link(words[1], f"/calendar?view={view}&on_day={after}{kept}"),
        Link(words[2], f"/calendar?view={other}&on_day={day}{kept}"),
    ]


@get("/calendar/feed", **on(Resource.COHORTS, Verb.WRITE))
async def feed_page(request: AnyRequest) -> Template:
    return await _feed_page(request)


@post("/calendar/feed", status_code=200, **on(Resource.COHORTS, Verb.WRITE))
async def new_feed(request: AnyRequest) -> Template:
    """The page that answers shows the address, this once."""
    sent = PRESS.parse(await typed_form(request))
    address = ""
    if await where_it_went(sent.submission) is None:
        token = await make_feed(actor=actor_of(request), now=request.app.state.clock.now())
        address = f"{request.base_url}calendar-feeds/{token}/waymark.ics"
        await remember(request, sent.submission, "/calendar/feed")
    return await _feed_page(request, address=address)


@post("/calendar/feed/revoke", status_code=303, **on(Resource.COHORTS, Verb.WRITE))
async def end_feed(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[NothingAsked]) -> str:
        await revoke_feed(actor=actor_of(request), now=request.app.state.clock.now())
        return "/calendar/feed"

    async def show(form: FormView, status: int) -> Template:
        return await _feed_page(request)

    return await submit(request, PRESS, do=do, show=show, notice="The address works no more.")


@get("/calendar-feeds/{token:str}/waymark.ics", include_in_schema=False, **for_everybody())
async def feed(request: AnyRequest, token: FromPath[str]) -> Response[bytes]:
    """What a calendar program fetches. Anything but a live address is absent."""
    async with request.app.state.databases.transaction("work_web"):
        found = await sessions_for_feed(feed_hash(token))
    if found is None:
        raise NotFound
    body = as_ics(found, now=request.app.state.clock.now())
    return Response(body, media_type="text/calendar; charset=utf-8")


async def _feed_page(request: AnyRequest, *, address: str = "") -> Template:
    now = request.app.state.clock.now()
    found = await feed_of(actor_of(request))
    return page(
        request,
        "cohorts/feed.html",
        made=present.date_and_time(found.made_at) if found else "",
        address=address,
        press=PRESS.blank(new_id(now)),
    )
