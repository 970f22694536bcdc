"""The fixed catalogue of published tables, as data: twelve at most, each with its definition."""

from outcomes.disclosure.periods import Span
from outcomes.disclosure.variables import (
    AFTERWARDS,
    AGE_OF_PERSON,
    ETHNICITY_OF_PERSON,
    OUTCOME,
    PROGRAMME,
    REASON_ENDED,
    REASON_UNMET,
    ROUTE,
    SAFETY,
    THEME,
    THEME_CHANGE,
    WAIT,
)
from outcomes.disclosure.words import Line, Profile, TableSpec

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
    Line(
        "due_and_not_completed",
        "Not completed, of those due to finish",
        "due_to_finish",
        where=(("outcome", "not_completed"),),
        share_of="due_to_finish",
    ),
    Line("completed", "Completed", "completed"),
    Line("children", "Children of those who completed", "children", adds_up=False),
)

ORDERS = (
    Line("orders_made", "Protection orders made (DVPO, DAPO)", "orders_made"),
    Line("breach_events", "Breaches recorded", "breach_events"),
    Line(
        "breach_events_established",
        "Breaches admitted or proved",
        "breach_events",
        where=(("finding", "established"),),
    ),
    Line(
        "orders_breached",
        "Protection orders with a breach recorded",
        "orders_breached",
        adds_up=False,
    ),
    Line(
        "orders_breached_established",
        "Protection orders with a breach admitted or proved",
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

_SAFETY = (
    "Each partner's own answer about safety at the start against the same partner's answer at the "
    "end. Not known takes in everybody without both answers. A partner counts once for each place "
    "of the person's that was due to finish."
)
QUARTERLY, YEARLY, BLOCK = (Span.QUARTER,), (Span.YEAR,), (Span.THREE_YEARS,)

CATALOGUE: tuple[TableSpec, ...] = (
    TableSpec(
        "activity",
        "People and programmes",
        "referrals, starts, places and people",
        "Referred, found suitable, started and completed count events in the period: somebody who "
        "started twice, after two referrals, counts twice. Reached counts each person once who "
        "came to anything in the period. Due to finish are the places in groups whose last "
        "session was held in the period. Each child counts once.",
        spans=(Span.QUARTER, Span.YEAR),
        lines=ACTIVITY,
        exact_for_partners=True,
    ),
    TableSpec(
        "orders",
        "Protection orders, breaches and deadlines",
        "orders, breaches and deadlines",
        "Domestic violence and domestic abuse protection orders (DVPO, DAPO) made in the period. "
        "Breaches by the day on which they happened; withdrawn ones are left out. Deadlines are "
        "those of the law for a hearing or for court after an arrest. Orders with a breach in "
        "the period need not have been made in it, so "
        "one divided by the other is not a rate of orders breached.",
        spans=(Span.QUARTER, Span.YEAR),
        lines=ORDERS,
        exact_for_partners=True,
    ),
    TableSpec(
        "routes",
        "Who referred",
        "referrals",
        "Referrals received in the period, by the service that sent them.",
        spans=QUARTERLY,
        population="referred",
        variables=(ROUTE,),
    ),
    TableSpec(
        "waits",
        "How long people waited to start",
        "starts",
        "First sessions that somebody came to after a referral, by the time since that referral.",
        spans=QUARTERLY,
        population="started",
        variables=(WAIT,),
    ),
    TableSpec(
        "endings",
        "Why people ended early",
        "places that ended early",
        "Places that ended before completion in the year, by the recorded reason.",
        spans=YEARLY,
        population="ended",
        variables=(REASON_ENDED,),
    ),
    TableSpec(
        "unmet_need",
        "Who could not be helped",
        "referrals found not suitable",
        "Referrals found not suitable in the year, by the coded reason.",
        spans=YEARLY,
        population="not_suitable",
        variables=(REASON_UNMET,),
    ),
    TableSpec(
        "partner_safety",
        "Are partners safer, where the person completed and where not?",
        "partners of people due to finish",
        f"{_SAFETY} Partners of everybody due to finish in the year.",
        spans=YEARLY,
        population="partners_due",
        variables=(OUTCOME, SAFETY),
    ),
    TableSpec(
        "partner_safety_3y",
        "Are partners safer, where the person completed and where not? Three years together",
        "partners of people due to finish",
        f"{_SAFETY} As the yearly table, for a closed block of three years.",
        spans=BLOCK,
        population="partners_due",
        variables=(OUTCOME, SAFETY),
        profiles=(Profile.PARTNERSHIP,),
    ),
    TableSpec(
        "afterwards",
        "Breaches in the half year after the programme",
        "places due to finish half a year before",
        "Places in groups that were due to finish 26 weeks before a day of the year, whose people "
        "are seen from that day on (the landmark), so that living long enough to complete does "
        "not count as success. A breach is one recorded on any order or bail, and not withdrawn. "
        "Who completed differs from who did not, so a difference does not show what caused it.",
        spans=YEARLY,
        population="followed",
        variables=(OUTCOME, AFTERWARDS),
    ),
    TableSpec(
        "programme_outcomes",
        "Outcome by programme",
        "places due to finish",
        "Places in groups whose last session was held in the year.",
        spans=YEARLY,
        population="due_to_finish",
        variables=(PROGRAMME, OUTCOME),
    ),
    TableSpec(
        "people_equality",
        "Age and ethnic group of people who started",
        "starts",
        "First sessions that somebody came to after a referral, by the person's age that day and "
        "ethnic group as they gave it.",
        spans=YEARLY,
        population="started",
        variables=(AGE_OF_PERSON, ETHNICITY_OF_PERSON),
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


def title_of_table(code: str) -> str:
    """The title of a table that may stand in the catalogue no longer: then its code."""
    return next((spec.title for spec in CATALOGUE if spec.code == code), code)
