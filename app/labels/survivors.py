"""The survivor side in words."""

from app.labels import describe
from app.web.components import Tag
from outcomes.survivors.exclusion_words import WhyExcluded
from outcomes.survivors.support_words import Answer, AssignedAs, HeldKind, Told
from outcomes.survivors.words import (
    AttemptOutcome,
    ChangeKind,
    Channel,
    ConsentKind,
    ContactBlock,
    HighBecause,
    PoliceCalled,
    ReferredTo,
    RequestStatus,
    Source,
    Timepoint,
    Voicemail,
    Weekday,
)

describe(
    Timepoint,
    {
        Timepoint.START: Tag("Start", "blue"),
        Timepoint.MIDDLE: Tag("Middle", "blue"),
        Timepoint.END: Tag("End", "blue"),
        Timepoint.SIX_MONTHS: Tag("Six months after", "purple"),
        Timepoint.TWELVE_MONTHS: Tag("Twelve months after", "purple"),
    },
)
describe(
    ConsentKind,
    {
        ConsentKind.CONTACT: Tag("Contact"),
        ConsentKind.SUPPORT: Tag("Support"),
        ConsentKind.OUTCOMES: Tag("Outcome questions"),
        ConsentKind.SHARING: Tag("Sharing with other services"),
    },
)
describe(
    Source,
    {
        Source.SURVIVOR: Tag("The survivor"),
        Source.CHILDRENS_WORKER: Tag("The children's worker", "purple"),
    },
)
describe(
    PoliceCalled,
    {
        PoliceCalled.YES: Tag("Yes"),
        PoliceCalled.NO: Tag("No"),
        PoliceCalled.NOT_STATED: Tag("Not stated"),
    },
)
describe(
    Channel,
    {
        Channel.CALL: Tag("Telephone call"),
        Channel.TEXT: Tag("Text message"),
        Channel.EMAIL: Tag("Email"),
        Channel.IN_PERSON: Tag("In person"),
    },
)
describe(
    Voicemail,
    {
        Voicemail.NEVER: Tag("Never leave one", "orange"),
        Voicemail.WITHOUT_A_NAME: Tag("Only without a name of the service"),
        Voicemail.YES: Tag("Safe to leave"),
    },
)
describe(
    AttemptOutcome,
    {
        AttemptOutcome.ANSWERED: Tag("Answered", "green"),
        AttemptOutcome.NO_ANSWER: Tag("No answer"),
        AttemptOutcome.LEFT_NOTHING: Tag("Voicemail, nothing left"),
        AttemptOutcome.COULD_NOT_TALK: Tag("Could not talk", "yellow"),
    },
)
describe(Weekday, {day: Tag(day.capitalize()) for day in Weekday})
describe(
    HighBecause,
    {
        HighBecause.TICKS: Tag("14 ticks or more"),
        HighBecause.ESCALATION: Tag("Escalation"),
        HighBecause.JUDGEMENT: Tag("Professional judgement"),
    },
)
describe(
    ReferredTo,
    {
        ReferredTo.NOWHERE: Tag("Not referred"),
        ReferredTo.MARAC: Tag("MARAC", "orange"),
        ReferredTo.DRAM: Tag("DRAM", "orange"),
    },
)
describe(
    RequestStatus,
    {
        RequestStatus.WAITING: Tag("Waits for release", "yellow"),
        RequestStatus.RELEASED: Tag("Not yet shown", "blue"),
        RequestStatus.DECLINED: Tag("Not released", "grey"),
        RequestStatus.RECALLED: Tag("Recalled", "grey"),
        RequestStatus.SENT: Tag("Shown to staff", "green"),
    },
)
describe(
    ContactBlock,
    {
        ContactBlock.NO_CONSENT: Tag("No consent", "grey"),
        ContactBlock.NONE_RECORDED: Tag("None recorded", "yellow"),
        ContactBlock.STALE: Tag("Review overdue", "orange"),
        ContactBlock.ERASED: Tag("Erased", "grey"),
    },
)
describe(
    ChangeKind,
    {
        ChangeKind.MISSED: Tag("Missed a session", "orange"),
        ChangeKind.ENDED: Tag("Left the programme", "red"),
        ChangeKind.COMPLETED: Tag("Completed", "green"),
        ChangeKind.CANNOT_FINISH: Tag("Can no longer finish", "orange"),
        ChangeKind.BREACH: Tag("Breach recorded", "red"),
        ChangeKind.ORDER_ENDING: Tag("Order ends soon", "orange"),
    },
)
describe(
    Told,
    {
        Told.TOLD: Tag("Told", "green"),
        Told.NOT_SAFE: Tag("Not safe to tell now", "orange"),
        Told.NOT_WANTED: Tag("Does not want to hear"),
    },
)
describe(
    Answer,
    {
        Answer.WAITING: Tag("No answer yet", "yellow"),
        Answer.TAKEN_UP: Tag("Taken up", "green"),
        Answer.NOT_NOW: Tag("Not now"),
    },
)
describe(
    HeldKind,
    {
        HeldKind.SAFETY_PLAN: Tag("Safety plan"),
        HeldKind.MARAC_MINUTES: Tag("MARAC minutes"),
        HeldKind.CASE_FILE: Tag("Case file"),
        HeldKind.COURT_PAPERS: Tag("Court papers"),
    },
)
describe(
    AssignedAs,
    {AssignedAs.SUPPORT: Tag("Support", "blue"), AssignedAs.COVER: Tag("Cover", "purple")},
)
describe(
    WhyExcluded,
    {
        WhyExcluded.KNOWS_THEM: Tag("Knows the survivor", "grey"),
        WhyExcluded.KNOWS_HIM: Tag("Knows the person linked", "grey"),
        WhyExcluded.CONFLICT: Tag("Another conflict of interest", "grey"),
        WhyExcluded.THEY_ASKED: Tag("The survivor asked for it", "grey"),
    },
)
