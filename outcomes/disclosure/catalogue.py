"""The fixed catalogue of published tables, as data: twelve at most, each with its definition."""

from outcomes.disclosure.periods import Span
from outcomes.disclosure.words import Category, Line, Profile, TableSpec, Variable


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
            Category("justice", "Police, probation, youth justice", ("police", "probation", "youth_justice")),
            Category("elsewhere", "Health, self, others", ("health", "self_referral", "other_route")),
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
            Category("circumstance", "Order ended, moved or died", ("order_ended", "moved_or_died")),
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
                "A need that no group meets",
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
    _answers(
        completed="Completed", ended="Ended early", still_open="Still open or paused"
    ),
    coarser=(
        (
            Category("completed", "Completed"),
            Category("not_completed", "Not completed", ("ended", "still_open")),
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
ETHNICITY_OF_SURVIVOR = Variable("ethnicity_of_survivor", "Ethnic group", *ETHNICITY)

AGE_OF_SURVIVOR = Variable(
    "age_of_survivor", "Age when support began", AGE_OF_PERSON.categories, AGE_OF_PERSON.coarser
)

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

ACTIVITY = (
    Line("referred", "Referred", "referred"),
    Line("suitable", "Found suitable", "suitable"),
    Line("reached", "Reached: came at least once", "reached", adds_up=False),
    Line("started", "Started", "started"),
    Line("due_to_finish", "Due to finish", "due_to_finish"),
    Line(
        "due_and_completed",
        "Completed, of those due to finish",
        "due_to_finish",
        where=(("outcome", "completed"),),
        share_of="due_to_finish",
    ),
    Line("completed", "Completed", "completed"),
    Line("children", "Children of those who completed", "children", adds_up=False),
)

ORDERS = (
    Line("orders_made", "Orders made", "orders_made"),
    Line("breach_events", "Breaches recorded", "breach_events"),
    Line(
        "breach_events_established",
        "Breaches admitted or proved",
        "breach_events",
        where=(("finding", "established"),),
    ),
    Line("orders_breached", "Orders with a breach recorded", "orders_breached", adds_up=False),
    Line(
        "orders_breached_established",
        "Orders with a breach admitted or proved",
        "orders_breached",
        where=(("finding", "established"),),
        adds_up=False,
    ),
    Line("clocks_due", "Deadlines that fell due", "clocks_due"),
    Line(
        "clocks_met",
        "Deadlines met",
        "clocks_due",
        where=(("met", "yes"),),
        share_of="clocks_due",
    ),
)

QUARTERLY, YEARLY, BLOCK = (Span.QUARTER,), (Span.YEAR,), (Span.THREE_YEARS,)

CATALOGUE: tuple[TableSpec, ...] = (
    TableSpec(
        "activity",
        "People and programmes",
        "people",
        "Referred, found suitable, started and completed count events in the period. Reached "
        "counts each person once who came to anything in the period. Due to finish are those "
        "enrolled in a group whose last session was held in the period. Each child counts once.",
        spans=(Span.QUARTER, Span.YEAR),
        lines=ACTIVITY,
        exact_for_partners=True,
    ),
    TableSpec(
        "orders",
        "Orders, breaches and deadlines",
        "orders, breaches and deadlines",
        "Orders made in the period. Breaches by the day on which they happened; withdrawn ones "
        "are left out. Orders with a breach in the period need not have been made in it, so "
        "one divided by the other is not a rate of orders breached.",
        spans=(Span.QUARTER, Span.YEAR),
        lines=ORDERS,
        exact_for_partners=True,
    ),
    TableSpec(
        "routes",
        "Who referred",
        "people referred",
        "Referrals received in the period, by the service that sent them.",
        spans=QUARTERLY,
        population="referred",
        variables=(ROUTE,),
    ),
    TableSpec(
        "waits",
        "How long people waited to start",
        "people who started",
        "People who came to their first session in the period, by the time since referral.",
        spans=QUARTERLY,
        population="started",
        variables=(WAIT,),
    ),
    TableSpec(
        "endings",
        "Why people ended early",
        "people who ended early",
        "Enrolments that ended before completion in the period, by the recorded reason.",
        spans=QUARTERLY,
        population="ended",
        variables=(REASON_ENDED,),
    ),
    TableSpec(
        "unmet_need",
        "Who could not be helped",
        "people found not suitable",
        "Referrals found not suitable in the period, by the coded reason.",
        spans=QUARTERLY,
        population="not_suitable",
        variables=(REASON_UNMET,),
    ),
    TableSpec(
        "partner_safety",
        "Are partners of those who completed safer?",
        "partners of people who completed",
        "Each partner's own answer at the start against the same partner's answer at the end. "
        "Not known takes in everybody without both answers.",
        spans=QUARTERLY,
        population="partners_of_completers",
        variables=(SAFETY,),
    ),
    TableSpec(
        "partner_safety_3y",
        "Are partners of those who completed safer? Three years together",
        "partners of people who completed",
        "As the quarterly table, for a closed block of three years.",
        spans=BLOCK,
        population="partners_of_completers",
        variables=(SAFETY,),
        profiles=(Profile.PARTNERSHIP,),
    ),
    TableSpec(
        "programme_outcomes",
        "Outcome by programme",
        "people due to finish",
        "Everybody enrolled in a group whose last session was held in the year.",
        spans=YEARLY,
        population="due_to_finish",
        variables=(PROGRAMME, OUTCOME),
    ),
    TableSpec(
        "people_equality",
        "Age and ethnic group of people who started",
        "people who started",
        "People who came to their first session in the year; ethnic group as they gave it.",
        spans=YEARLY,
        population="started",
        variables=(AGE_OF_PERSON, ETHNICITY_OF_PERSON),
    ),
    TableSpec(
        "survivor_equality",
        "Age and ethnic group of survivors supported",
        "survivors supported",
        "Survivors whose support began in the year; ethnic group as they gave it.",
        spans=YEARLY,
        population="survivors_supported",
        variables=(AGE_OF_SURVIVOR, ETHNICITY_OF_SURVIVOR),
    ),
    TableSpec(
        "safety_themes",
        "What changed for partners, by theme",
        "partners asked at the start",
        "Each partner's own answer at the start against the same partner's answer at the end, "
        "under each theme. Everybody asked at the start in the year is in every row.",
        spans=YEARLY,
        population="partners_asked",
        variables=(THEME, THEME_CHANGE),
    ),
)


def table_spec(code: str) -> TableSpec:
    """The table of the catalogue with this code. Raises KeyError for any other."""
    return {spec.code: spec for spec in CATALOGUE}[code]
