"""A change of a series between the form, the rules and the page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from msgspec.structs import replace

from app import present
from app.forms.field import Choice
from app.forms.series import (
    CancelForm,
    ExtraForm,
    FacilitatorForm,
    MoveFollowingForm,
    MoveOneForm,
    PauseForm,
    RoomForm,
)
from app.web.components import Cell, Tag
from programmes.common.clock import LONDON, london_date
from programmes.common.staff import Actor
from scheduling.sessions.change_words import (
    AddExtra,
    CancelAndOwe,
    CancelAndShift,
    Change,
    Difference,
    MoveFollowing,
    MoveOne,
    Pause,
    Reach,
    SwapFacilitator,
    SwapRoom,
)
from scheduling.sessions.check_rules import is_fixed
from scheduling.sessions.planning_queries import people_who_lead, rooms
from scheduling.sessions.rules import london_instant
from scheduling.sessions.standing_queries import stored_sessions
from scheduling.sessions.words import Session, SessionStatus, Weekday, WeeklySlot

Asked = (
    MoveOneForm
    | MoveFollowingForm
    | CancelForm
    | ExtraForm
    | RoomForm
    | FacilitatorForm
    | PauseForm
)


def change_of(values: Asked) -> Change:
    """What the form asks for, in the words of the rules."""
    match values:
        case MoveOneForm():
            starts_at = london_instant(values.day, values.starts)
            return MoveOne(session_id=UUID(values.session), starts_at=starts_at)
        case MoveFollowingForm():
            slot = WeeklySlot(Weekday[values.weekday.upper()], values.starts)
            return MoveFollowing(
                session_id=UUID(values.session), first_day=values.first_day, slots=(slot,)
            )
        case CancelForm():
            kind = CancelAndShift if values.how == "next" else CancelAndOwe
            return kind(session_id=UUID(values.session), reason=values.reason)
        case ExtraForm():
            return AddExtra(
                number=values.number,
                starts_at=london_instant(values.day, values.starts),
                room_id=UUID(values.room),
                facilitator_ids=tuple(sorted(UUID(one) for one in values.facilitators)),
            )
        case RoomForm():
            return SwapRoom(
                session_id=UUID(values.session),
                reach=Reach(values.reach),
                room_id=UUID(values.room),
            )
        case FacilitatorForm():
            return SwapFacilitator(
                session_id=UUID(values.session),
                reach=Reach(values.reach),
                leaves=UUID(values.leaves),
                comes=UUID(values.comes),
            )
        case PauseForm():
            return Pause(
                pause_from=values.pause_from, resume_on=values.resume_on, reason=values.reason
            )
        case never:
            assert_never(never)


async def series_choices(
    actor: Actor, cohort_id: UUID, *, now: datetime
) -> Mapping[str, list[Choice]]:
    """Only sessions that are to come can be chosen."""
    to_come = [s for s in await stored_sessions(cohort_id) if not is_fixed(s, now)]
    staff = [Choice(str(one.id), one.shown_as) for one in await people_who_lead(actor)]
    return {
        "session": [Choice(str(one.id), _called(one)) for one in to_come],
        "room": [Choice(str(one.id), one.shown_as) for one in await rooms(actor)],
        "facilitators": staff,
        "leaves": staff,
        "comes": staff,
    }


def _called(one: Session) -> str:
    return f"Session {one.number}, {_when(one)}"


def _when(one: Session) -> str:
    day = london_date(one.starts_at)
    return f"{present.day_and_date(day)} {day.year}, {present.wall_time(one.starts_at)}"


def difference_cells(difference: Difference, names: Mapping[UUID, str]) -> list[Any]:
    """One session before and after; what did not change is not said twice."""
    before, after = difference.before, difference.after
    either = after or before
    number = f"Session {either.number}" if either else ""
    return [
        number,
        _stands(before, names) if before else Cell(tag=Tag("Not there", "grey")),
        _stands(after, names) if after else Cell(tag=Tag("Taken away", "grey")),
    ]


def _stands(one: Session, names: Mapping[UUID, str]) -> Cell:
    where = names.get(one.room_id, "") if one.room_id else ""
    who = present.listed([names.get(person, "Somebody") for person in one.facilitator_ids])
    note = ". ".join(part for part in (where, who) if part)
    if one.status is SessionStatus.CANCELLED:
        return Cell(_when(one), tag=Tag("Cancelled", "grey"), note=one.cancelled_because or "")
    return Cell(_when(one), note=note)


def instead_of(values: Asked, change: Change) -> Asked:
    """What was typed, with what is free instead; the plan is to be looked at again."""
    match change:
        case MoveOne() | AddExtra():
            local = change.starts_at.astimezone(LONDON)
            return replace(values, day=local.date(), starts=local.time(), shown=None)
        case MoveFollowing():
            (slot,) = change.slots
            weekday = slot.weekday.name.lower()
            return replace(values, weekday=weekday, starts=slot.starts, shown=None)
        case SwapRoom():
            return replace(values, room=str(change.room_id), shown=None)
        case SwapFacilitator():
            return replace(values, comes=str(change.comes), shown=None)
        case CancelAndOwe():
            return replace(values, how="owe", shown=None)
        case Pause():
            return replace(values, resume_on=change.resume_on, shown=None)
        case _:
            return values


def instead_words(change: Change, names: Mapping[UUID, str]) -> str:
    match change:
        case MoveOne() | AddExtra():
            return present.short_date_and_time(change.starts_at)
        case MoveFollowing():
            slot = change.slots[0]
            return f"{slot.weekday.name.capitalize()}s at {present.wall_time(slot.starts)}"
        case SwapRoom():
            return names.get(change.room_id, "Another room")
        case SwapFacilitator():
            return names.get(change.comes, "Somebody else")
        case CancelAndOwe():
            return "Cancel it and owe it"
        case Pause():
            return f"Go on from {present.long_date(change.resume_on)}"
        case _:
            return ""
