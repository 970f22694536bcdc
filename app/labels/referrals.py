"""Referrals in words."""

from app.labels import describe
from app.web.components import Tag
from programmes.catalogue.entry_words import Answer
from programmes.people.words import LivesWith, Sex
from programmes.referrals.suitability_words import Met, ToldBy
from programmes.referrals.words import (
    REASON_WORDS,
    Outcome,
    ReasonCode,
    ReferralStatus,
    RiskLevel,
    Route,
)

describe(
    ReferralStatus,
    {
        ReferralStatus.RECEIVED: Tag("Received", "blue"),
        ReferralStatus.CHECKED: Tag("Checked", "blue"),
        ReferralStatus.ASSESSED: Tag("Assessed", "teal"),
        ReferralStatus.WAITING: Tag("Waiting", "yellow"),
        ReferralStatus.OFFERED: Tag("Offered a place", "purple"),
        ReferralStatus.ENROLLED: Tag("Enrolled", "green"),
        ReferralStatus.NOT_SUITABLE: Tag("Not suitable", "grey"),
        ReferralStatus.CLOSED: Tag("Closed", "grey"),
    },
)
describe(
    RiskLevel,
    {
        RiskLevel.STANDARD: Tag("Standard risk", "grey"),
        RiskLevel.MEDIUM: Tag("Medium risk", "yellow"),
        RiskLevel.HIGH: Tag("High risk", "orange"),
        RiskLevel.VERY_HIGH: Tag("Very high risk", "red"),
    },
)
describe(
    Route,
    {
        Route.VOLUNTARY: Tag("Voluntary"),
        Route.CHILD_PROTECTION_PLAN: Tag("Child protection plan"),
        Route.COMMUNITY_ORDER: Tag("Community order"),
        Route.LICENCE: Tag("Licence"),
        Route.CONDITIONAL_CAUTION: Tag("Conditional caution"),
        Route.FAMILY_COURT: Tag("Family court"),
        Route.OTHER: Tag("Another route"),
    },
)
describe(ReasonCode, {code: Tag(words) for code, words in REASON_WORDS.items()})
describe(
    Outcome,
    {
        Outcome.SUITABLE: Tag("Suitable", "green"),
        Outcome.NOT_SUITABLE: Tag("Not suitable", "grey"),
        Outcome.CLOSED: Tag("Close without a decision", "yellow"),
    },
)
describe(
    Answer,
    {Answer.YES: Tag("Yes"), Answer.NO: Tag("No"), Answer.NOT_KNOWN: Tag("Not known")},
)
describe(
    Met,
    {
        Met.MET: Tag("Met", "green"),
        Met.NOT_MET: Tag("Not met", "red"),
        Met.NOT_KNOWN: Tag("Not known", "yellow"),
    },
)
describe(ToldBy, {ToldBy.EMAIL: Tag("E-mail"), ToldBy.TELEPHONE: Tag("Telephone")})
describe(
    Sex,
    {
        Sex.MALE: Tag("Male"),
        Sex.FEMALE: Tag("Female"),
        Sex.OTHER: Tag("Other"),
        Sex.NOT_STATED: Tag("Prefers not to say"),
    },
)
describe(
    LivesWith,
    {
        LivesWith.MOTHER: Tag("Mother"),
        LivesWith.FATHER: Tag("Father"),
        LivesWith.GRANDPARENT: Tag("Grandparent"),
        LivesWith.FOSTER_CARER: Tag("Foster carer"),
        LivesWith.OTHER: Tag("Somebody else"),
        LivesWith.NOT_KNOWN: Tag("Not known"),
    },
)
