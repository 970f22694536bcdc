"""Cohorts, places and marks in words."""

from app.labels import describe, label
from app.web.components import MarkKind, Tag
from programmes.catalogue.words import MarkCode, SessionKind
from scheduling.cohorts.words import CohortStatus, EndReason, EnrolmentStatus

describe(
    CohortStatus,
    {
        CohortStatus.PLANNED: Tag("Planned", "blue"),
        CohortStatus.RUNNING: Tag("Running", "green"),
        CohortStatus.PAUSED: Tag("Paused", "yellow"),
        CohortStatus.FINISHED: Tag("Finished", "grey"),
        CohortStatus.CANCELLED: Tag("Cancelled", "grey"),
    },
)
describe(
    EnrolmentStatus,
    {
        EnrolmentStatus.ENROLLED: Tag("Has a place", "green"),
        EnrolmentStatus.PAUSED: Tag("Place paused", "yellow"),
        EnrolmentStatus.COMPLETED: Tag("Completed", "teal"),
        EnrolmentStatus.ENDED: Tag("Ended", "grey"),
        EnrolmentStatus.TRANSFERRED: Tag("Transferred", "purple"),
    },
)
describe(
    EndReason,
    {
        EndReason.WITHDREW: Tag("Withdrew"),
        EndReason.REMOVED: Tag("Removed by the service"),
        EndReason.ORDER_ENDED: Tag("Order ended"),
        EndReason.BREACHED: Tag("Breached"),
        EndReason.MOVED: Tag("Moved away"),
        EndReason.DIED: Tag("Died"),
        EndReason.STOPPED: Tag("Stopped attending"),
        EndReason.REPEATS: Tag("Repeats both workshops"),
        EndReason.OTHER: Tag("Another reason"),
    },
)
describe(
    SessionKind,
    {
        SessionKind.GROUP: Tag("Group"),
        SessionKind.INDIVIDUAL: Tag("One to one", "teal"),
        SessionKind.EXTRA: Tag("Extra", "purple"),
    },
)
describe(
    MarkCode,
    {
        MarkCode.ATTENDED: Tag("Attended", "green"),
        MarkCode.LATE: Tag("Late", "yellow"),
        MarkCode.LEFT_EARLY: Tag("Left early", "yellow"),
        MarkCode.SENT_HOME_BEHAVIOUR: Tag("Sent home, behaviour", "orange"),
        MarkCode.SENT_HOME_SERVICE: Tag("Sent home by the service", "grey"),
        MarkCode.ABSENT: Tag("Absent", "orange"),
        MarkCode.LATE_NOT_ADMITTED: Tag("Late, not admitted", "orange"),
        MarkCode.CANCELLED_BY_SERVICE: Tag("Cancelled by the service", "grey"),
    },
)

MARK_KINDS: dict[MarkCode, MarkKind] = {
    MarkCode.ATTENDED: "attended",
    MarkCode.LATE: "late",
    MarkCode.LEFT_EARLY: "left-early",
    MarkCode.SENT_HOME_BEHAVIOUR: "sent-home",
    MarkCode.SENT_HOME_SERVICE: "cancelled",
    MarkCode.ABSENT: "absent-undecided",
    MarkCode.LATE_NOT_ADMITTED: "absent",
    MarkCode.CANCELLED_BY_SERVICE: "cancelled",
}
"""The shape that stands for a mark in a grid."""


def mark_kind(code: MarkCode, verdict: str | None) -> MarkKind:
    """An absence looks different once the case owner has judged it."""
    if code is MarkCode.ABSENT and verdict is not None:
        return "absent-acceptable" if verdict == "acceptable" else "absent"
    return MARK_KINDS[code]


def mark_words(code: MarkCode, verdict: str | None) -> str:
    """The mark, and for an absence what the case owner said of it."""
    if code is not MarkCode.ABSENT:
        return label(code)
    return f"Absent, {verdict or 'not judged yet'}"
