"""Changes of a series: what can be asked for, and the plan that answers it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from scheduling.sessions.words import PlanWarning, Session, WeeklySlot


class Reach(StrEnum):
    THIS = "this session"
    THIS_AND_FOLLOWING = "this and the following sessions"


class MoveOne(Struct, frozen=True, kw_only=True, tag="move one"):
    session_id: UUID
    starts_at: datetime


class MoveFollowing(Struct, frozen=True, kw_only=True, tag="move this and following"):
    """This session goes to the first slot on or after `first_day`, the rest to those after it."""

    session_id: UUID
    first_day: date
    slots: tuple[WeeklySlot, ...]


class CancelAndShift(Struct, frozen=True, kw_only=True, tag="cancel, give it next"):
    """The service cancels; the next slot gives the same content, and all others move on by one."""

    session_id: UUID
    reason: str


class CancelAndOwe(Struct, frozen=True, kw_only=True, tag="cancel, owe it"):
    """The service cancels and gives the content later, as an extra."""

    session_id: UUID
    reason: str


class AddExtra(Struct, frozen=True, kw_only=True, tag="add an extra"):
    """Gives session `number` again at a time of its own."""

    number: int
    starts_at: datetime
    room_id: UUID | None = None
    facilitator_ids: tuple[UUID, ...] = ()
    interpreter_ids: tuple[UUID, ...] = ()


class SwapRoom(Struct, frozen=True, kw_only=True, tag="swap room"):
    session_id: UUID
    reach: Reach
    room_id: UUID


class SwapFacilitator(Struct, frozen=True, kw_only=True, tag="swap facilitator"):
    session_id: UUID
    reach: Reach
    leaves: UUID
    comes: UUID


class SwapInterpreters(Struct, frozen=True, kw_only=True, tag="swap interpreters"):
    session_id: UUID
    reach: Reach
    interpreter_ids: tuple[UUID, ...]


class Pause(Struct, frozen=True, kw_only=True, tag="pause"):
    """Nothing is held from `pause_from` until the day before `resume_on`."""

    pause_from: date
    resume_on: date
    reason: str


class Undo(Struct, frozen=True, tag="undo"):
    """Takes back the plan with this hash, as it was applied."""

    plan: str


Change = (
    MoveOne
    | MoveFollowing
    | CancelAndShift
    | CancelAndOwe
    | AddExtra
    | SwapRoom
    | SwapFacilitator
    | SwapInterpreters
    | Pause
    | Undo
)


class Difference(Struct, frozen=True):
    """One session before and after. Nothing before: it is added. Nothing after: taken away."""

    before: Session | None
    after: Session | None


class ChangePlan(Struct, frozen=True, kw_only=True):
    change: Change
    differences: tuple[Difference, ...]
    warnings: tuple[PlanWarning, ...]
