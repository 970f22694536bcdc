"""What an evening leaves beside its marks, in words."""

from app.labels import describe
from app.web.components import Tag
from outcomes.completion.words import CompletionOutcome
from scheduling.attendance.words import ConcernKind, Engagement, Homework, Settlement

describe(
    Engagement,
    {
        Engagement.TOOK_PART: Tag("Took part", "green"),
        Engagement.LISTENED: Tag("Listened", "blue"),
        Engagement.WITHDREW: Tag("Withdrew", "yellow"),
        Engagement.DISRUPTED: Tag("Disrupted", "orange"),
    },
)
ANCHORS = {
    Engagement.TOOK_PART: "Spoke of their own behaviour, answered others, tried the exercises",
    Engagement.LISTENED: "Followed, answered when asked, added little of their own",
    Engagement.WITHDREW: "Would not answer, turned away, left the room in mind or body",
    Engagement.DISRUPTED: "Blamed, mocked or talked over others; kept the group from its work",
}
"""What each word means, so that two facilitators choose the same one."""
describe(
    Homework,
    {
        Homework.DONE: Tag("Done", "green"),
        Homework.PARTLY: Tag("Partly done", "yellow"),
        Homework.NOT_DONE: Tag("Not done", "orange"),
        Homework.NOT_SET: Tag("None was set", "grey"),
    },
)
describe(
    ConcernKind,
    {
        ConcernKind.THREAT: Tag("A threat towards somebody", "red"),
        ConcernKind.CONTACT: Tag("Contact that an order forbids", "red"),
        ConcernKind.CHILD: Tag("A child at risk", "red"),
        ConcernKind.SELF: Tag("A risk to themselves", "red"),
        ConcernKind.STAFF: Tag("Behaviour towards staff or the group", "orange"),
        ConcernKind.OTHER: Tag("Another worry", "orange"),
    },
)
describe(
    Settlement,
    {
        Settlement.PLACE: Tag("Given a place", "green"),
        Settlement.LISTED: Tag("Was listed after all", "grey"),
        Settlement.ELSEWHERE: Tag("Belongs to another group", "blue"),
        Settlement.NOT_FOR_US: Tag("Not for this programme", "grey"),
    },
)
describe(
    CompletionOutcome,
    {
        CompletionOutcome.COMPLETED: Tag("Completed the programme", "teal"),
        CompletionOutcome.NOT_COMPLETED: Tag("Did not complete it", "grey"),
    },
)
