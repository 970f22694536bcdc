"""Tasks, their rules and what a breach decides, in words."""

from app.labels import describe
from app.web.components import Tag
from outcomes.tasks.queries import TaskView
from outcomes.tasks.words import RuleCode, StayOutcome, TaskFor, TaskKind, TaskStatus

describe(
    TaskKind,
    {
        TaskKind.FIRST_ABSENCE: Tag("Ask why a session was missed"),
        TaskKind.ABSENCES_IN_A_ROW: Tag("Act on missed sessions"),
        TaskKind.ABSENCES_IN_ALL: Tag("Review the place"),
        TaskKind.LATENESS: Tag("Talk about coming late"),
        TaskKind.NO_CONTACT: Tag("Get in touch"),
        TaskKind.TELL_ISSUER: Tag("Tell the police of a missed workshop"),
        TaskKind.DROPPED_OUT: Tag("Act on a drop-out"),
        TaskKind.CANNOT_FINISH: Tag("Decide what follows the programme"),
        TaskKind.FINAL_REPORT: Tag("Send the final report"),
        TaskKind.ANSWER_CONCERN: Tag("Answer a worry tonight"),
        TaskKind.READ_BREACH: Tag("Read a breach"),
        TaskKind.BEFORE_NEXT_SESSION: Tag("Know of a breach before the next session"),
        TaskKind.REVIEW_RISK: Tag("Review the risk after a breach"),
        TaskKind.STAYS_IN_GROUP: Tag("Decide whether this person stays in the group"),
        TaskKind.WHAT_FOLLOWS: Tag("Decide what follows an order"),
        TaskKind.ORDER_LAPSED: Tag("Look at an order that ended with nothing after it"),
    },
)
describe(
    TaskFor,
    {
        TaskFor.FACILITATORS: Tag("Facilitators of the group"),
        TaskFor.OFFICERS: Tag("Officers who hold the case"),
        TaskFor.MANAGERS: Tag("Programme managers"),
        TaskFor.ORDER_KEEPERS: Tag("Those who keep the order"),
    },
)
describe(
    TaskStatus,
    {
        TaskStatus.OPEN: Tag("To do", "yellow"),
        TaskStatus.ACKNOWLEDGED: Tag("In hand", "blue"),
        TaskStatus.ESCALATED: Tag("Overdue, with the managers", "red"),
        TaskStatus.DONE: Tag("Done", "green"),
    },
)
describe(
    TaskView,
    {
        TaskView.TO_DO: Tag("To do"),
        TaskView.OVERDUE: Tag("Overdue"),
        TaskView.DONE: Tag("Done"),
    },
)
describe(
    RuleCode,
    {
        RuleCode.FIRST_ABSENCE: Tag("First absence at high risk"),
        RuleCode.IN_A_ROW: Tag("Absences in a row"),
        RuleCode.IN_ALL: Tag("Absences in all"),
        RuleCode.LATENESS: Tag("Pattern of lateness"),
        RuleCode.NO_CONTACT: Tag("No contact"),
        RuleCode.BREACH: Tag("After a breach"),
        RuleCode.HEAD_START: Tag("Head start before anything goes to the person"),
        RuleCode.ESCALATION: Tag("Escalation of tasks left undone"),
    },
)
describe(
    StayOutcome,
    {
        StayOutcome.STAYS: Tag("Stays in the group", "green"),
        StayOutcome.STAYS_WITH_CONDITIONS: Tag("Stays, with conditions", "teal"),
        StayOutcome.PAUSED: Tag("Paused until it is reviewed", "yellow"),
        StayOutcome.REMOVED: Tag("Leaves the group", "grey"),
    },
)
