"""What a referral says, in words."""

from app.labels import describe
from app.web.components import Tag
from programmes.referrals.intake_words import LawfulBasis, LegalRegime, Need, Told, YesNoNotSaid

describe(
    LegalRegime,
    {
        LegalRegime.UK_GDPR: Tag("UK GDPR"),
        LegalRegime.LAW_ENFORCEMENT: Tag("Data Protection Act 2018, Part 3 (law enforcement)"),
    },
)
describe(
    LawfulBasis,
    {
        LawfulBasis.PUBLIC_TASK: Tag("Public task"),
        LawfulBasis.LEGAL_OBLIGATION: Tag("Legal obligation"),
        LawfulBasis.VITAL_INTERESTS: Tag("Vital interests"),
        LawfulBasis.CONSENT: Tag("Consent"),
        LawfulBasis.LAW_ENFORCEMENT_TASK: Tag("A law enforcement task (Part 3)"),
    },
)
describe(
    Told,
    {
        Told.REFERRER: Tag("Whoever referred"),
        Told.PROBATION: Tag("Probation"),
        Told.POLICE: Tag("Police"),
        Told.SOCIAL_WORK: Tag("Social work"),
        Told.COURT: Tag("The court"),
        Told.HEALTH: Tag("Health services"),
    },
)
describe(
    Need,
    {
        Need.HOUSING: Tag("Housing"),
        Need.WORK: Tag("Work or money"),
        Need.MENTAL_HEALTH: Tag("Mental health"),
        Need.SUBSTANCES: Tag("Alcohol or drugs"),
        Need.LITERACY: Tag("Reading and writing"),
        Need.DISABILITY: Tag("Disability"),
        Need.NEURODIVERSITY: Tag("Neurodiversity"),
        Need.RELIGION: Tag("Religion"),
        Need.WORK_PATTERN: Tag("Work pattern"),
        Need.CHILDCARE: Tag("Childcare"),
        Need.TRANSPORT: Tag("Transport"),
    },
)
describe(
    YesNoNotSaid,
    {
        YesNoNotSaid.YES: Tag("Yes"),
        YesNoNotSaid.NO: Tag("No"),
        YesNoNotSaid.NOT_SAID: Tag("Prefers not to say"),
    },
)
