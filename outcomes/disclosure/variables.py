"""The variables of the catalogue: what people are split by, and how coarser where they are few."""

from outcomes.disclosure.words import Category, Variable


def _answers(**labels: str) -> tuple[Category, ...]:
    return tuple(Category(code, label) for code, label in labels.items())


ROUTE = Variable(
    "route",
    "Who referred",
    _answers(
        social_work="Children's social work",
        police="Police and IOM",
        probation="Probation",
        youth_justice="Youth justice",
        health="Health",
        self_referral="The person themselves",
        other_route="Somebody else",
    ),
    coarser=(
        (
            Category("social_work", "Children's social work"),
            Category(
                "justice",
                "Police, probation, youth justice",
                ("police", "probation", "youth_justice"),
            ),
            Category(
                "elsewhere", "Health, self, others", ("health", "self_referral", "other_route")
            ),
        ),
    ),
)

WAIT = Variable(
    "wait",
    "Wait from referral to first session",
    _answers(
        under_4_weeks="Under 4 weeks",
        weeks_4_to_8="4 to under 8 weeks",
        weeks_8_to_16="8 to under 16 weeks",
        over_16_weeks="16 weeks or more",
    ),
    coarser=(
        (
            Category("under_8_weeks", "Under 8 weeks", ("under_4_weeks", "weeks_4_to_8")),
            Category("over_8_weeks", "8 weeks or more", ("weeks_8_to_16", "over_16_weeks")),
        ),
    ),
)

REASON_ENDED = Variable(
    "reason_ended",
    "Why it ended early",
    _answers(
        withdrew="Withdrew",
        removed="Removed by the programme",
        stopped_coming="Stopped coming",
        breached="Breached an order or requirement",
        order_ended="The order or licence ended",
        moved_or_died="Moved away or died",
    ),
    coarser=(
        (
            Category("own_act", "Withdrew or stopped coming", ("withdrew", "stopped_coming")),
            Category("programme_or_court", "Removed or breached", ("removed", "breached")),
            Category(
                "circumstance", "Order ended, moved or died", ("order_ended", "moved_or_died")
            ),
        ),
    ),
)

REASON_UNMET = Variable(
    "reason_unmet",
    "Why nothing could be offered",
    _answers(
        no_children="No programme for men without children",
        woman_causing_harm="No programme for women causing harm",
        family_abuse="No programme for abuse of other family members",
        health_or_learning="Mental health, neurodiversity or learning need",
        language="No group in their language",
        other_unmet="Another reason",
    ),
    coarser=(
        (
            Category(
                "no_programme",
                "No programme exists",
                ("no_children", "woman_causing_harm", "family_abuse"),
            ),
            Category(
                "need_not_met",
                "Another need or reason",
                ("health_or_learning", "language", "other_unmet"),
            ),
        ),
    ),
)

SAFETY = Variable(
    "safety",
    "How safe the partner says they feel, start against end",
    _answers(
        not_known="Not known",
        safer="Safer",
        same="The same",
        less_safe="Less safe",
    ),
    coarser=(
        (
            Category("not_known", "Not known"),
            Category("safer", "Safer"),
            Category("not_safer", "Not safer", ("same", "less_safe")),
        ),
    ),
)

PROGRAMME = Variable(
    "programme",
    "Programme",
    _answers(caring_dads="Caring Dads", cara="CARA", dvpp="DVPP"),
)

OUTCOME = Variable(
    "outcome",
    "Outcome",
    _answers(completed="Completed", not_completed="Not completed"),
)

AFTERWARDS = Variable(
    "afterwards",
    "In the 26 weeks after their group was due to finish",
    _answers(
        no_order="No order or bail in force",
        breached_before="Breach before that day already",
        breached_after="Breach recorded",
        none_recorded="No breach recorded",
    ),
    coarser=(
        (
            Category(
                "left_out", "Breach before, or no order in force", ("no_order", "breached_before")
            ),
            Category("breached_after", "Breach recorded"),
            Category("none_recorded", "No breach recorded"),
        ),
    ),
)

AGE_OF_PERSON = Variable(
    "age_of_person",
    "Age at start",
    _answers(under_25="Under 25", aged_25_to_39="25 to 39", aged_40_and_over="40 and over"),
    coarser=(
        (
            Category("under_40", "Under 40", ("under_25", "aged_25_to_39")),
            Category("aged_40_and_over", "40 and over"),
        ),
    ),
)

ETHNICITY = (
    _answers(
        white="White",
        asian="Asian or Asian British",
        black="Black or Black British",
        mixed_or_other="Mixed or another group",
        not_stated="Not stated",
    ),
    (
        (
            Category("white", "White"),
            Category("all_other", "All other groups", ("asian", "black", "mixed_or_other")),
            Category("not_stated", "Not stated"),
        ),
        (
            Category("white", "White"),
            Category(
                "other_or_not_stated",
                "All other groups or not stated",
                ("asian", "black", "mixed_or_other", "not_stated"),
            ),
        ),
    ),
)

ETHNICITY_OF_PERSON = Variable("ethnicity_of_person", "Ethnic group", *ETHNICITY)
THEME = Variable(
    "theme",
    "Theme",
    _answers(
        respect="Respectful communication",
        freedom="Freedom to act",
        freedom_from_violence="Safety and freedom from violence",
        parenting="Shared parenting",
        awareness="Their awareness of themselves and others",
        childhoods="Safer childhoods",
    ),
    repeats=True,
)

THEME_CHANGE = Variable(
    "theme_change",
    "Start against end",
    _answers(no_answer="Not known", better="Better", unchanged="The same", worse="Worse"),
    coarser=(
        (
            Category("no_answer", "Not known"),
            Category("better", "Better"),
            Category("not_better", "Not better", ("unchanged", "worse")),
        ),
    ),
)
