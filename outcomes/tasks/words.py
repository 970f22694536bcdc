"""Tasks: what each is about, who does it, how it stands, and what rules set it."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from programmes.common.staff import Role


class TaskKind(StrEnum):
    FIRST_ABSENCE = "first absence"
    ABSENCES_IN_A_ROW = "absences in a row"
    ABSENCES_IN_ALL = "absences in all"
    LATENESS = "lateness"
    NO_CONTACT = "no contact"
    TELL_ISSUER = "tell the issuer"
    DROPPED_OUT = "dropped out"
    CANNOT_FINISH = "can no longer finish"
    FINAL_REPORT = "final report"
    ANSWER_CONCERN = "answer the concern"
    READ_BREACH = "read the breach"
    BEFORE_NEXT_SESSION = "before the next session"
    REVIEW_RISK = "review risk"
    STAYS_IN_GROUP = "stays in the group"
    WHAT_FOLLOWS = "what follows the order"
    ORDER_LAPSED = "order lapsed"


class TaskFor(StrEnum):
    """Whose task it is: everybody in this part whose person it is sees it."""

    FACILITATORS = "facilitators"
    OFFICERS = "officers"
    MANAGERS = "managers"
    ORDER_KEEPERS = "order keepers"


ROLES_OF = {
    TaskFor.FACILITATORS: frozenset({Role.FACILITATOR, Role.CARA_COORDINATOR}),
    TaskFor.OFFICERS: frozenset({Role.PROBATION, Role.CASE_OWNER, Role.IOM}),
    TaskFor.MANAGERS: frozenset({Role.MANAGER}),
    TaskFor.ORDER_KEEPERS: frozenset({Role.IOM, Role.PROBATION}),
}


class TaskStatus(StrEnum):
    """Overdue tasks are escalated to the managers; a task that is done stays done."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    DONE = "done"


class TaskMove(Struct, frozen=True):
    """One allowed change: by whoever it is for and by managers; escalation by the clock alone."""

    before: TaskStatus
    after: TaskStatus


TASK_MOVES = (
    TaskMove(TaskStatus.OPEN, TaskStatus.ACKNOWLEDGED),
    TaskMove(TaskStatus.OPEN, TaskStatus.DONE),
    TaskMove(TaskStatus.OPEN, TaskStatus.ESCALATED),
    TaskMove(TaskStatus.ACKNOWLEDGED, TaskStatus.DONE),
    TaskMove(TaskStatus.ACKNOWLEDGED, TaskStatus.ESCALATED),
    TaskMove(TaskStatus.ESCALATED, TaskStatus.DONE),
)


class RuleCode(StrEnum):
    """The rules that set tasks and holds. Each has dated versions."""

    FIRST_ABSENCE = "first absence at high risk"
    IN_A_ROW = "absences in a row"
    IN_ALL = "absences in all"
    LATENESS = "pattern of lateness"
    NO_CONTACT = "no contact"
    BREACH = "after a breach"
    HEAD_START = "head start"
    ESCALATION = "escalation"


class ReactionRule(Struct, frozen=True, kw_only=True):
    """One dated version. `threshold` counts what the code names: absences, days, hours;
    `within` is the number of sessions looked back over, for lateness alone."""

    code: RuleCode
    threshold: int
    within: int | None
    for_whom: TaskFor | None
    due_hours: int | None
    valid_from: date
    source: str


class StayOutcome(StrEnum):
    STAYS = "stays"
    STAYS_WITH_CONDITIONS = "stays with conditions"
    PAUSED = "paused until reviewed"
    REMOVED = "removed"
