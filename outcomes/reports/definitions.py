"""How each figure of the management report is counted: versioned, so that a change is seen."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct

FIRST_ON: Final = date(2026, 11, 22)


class Definition(Struct, frozen=True, kw_only=True):
    """`counts` what, `out_of` whom, `leaves_out` whom; `version` rises with every change of them.

    `earlier` tells the versions before, the latest first.
    """

    name: str
    counts: str
    out_of: str = "Nothing: it is a count."
    leaves_out: str = "Nobody."
    source: str = "The records of this service."
    version: int = 1
    since: date = FIRST_ON
    earlier: tuple[str, ...] = ()


_WILSON = "Wilson's 95% interval (E. B. Wilson, 1927): what chance alone allows."
_RULE = (
    "Completed is asked of the version of the programme that the person enrolled on, when the "
    "group's last register is signed off; what was attended before a transfer counts."
)

DEFINITIONS: Final[Mapping[str, Definition]] = {
    "referred": Definition(
        name="Referred",
        counts="Referrals received in the period, by the day on which they were received.",
        leaves_out="Nobody; somebody referred twice is two referrals.",
    ),
    "suitable": Definition(
        name="Found suitable",
        counts="Of the referrals received in the period, those last decided to be suitable.",
        leaves_out="Decisions on referrals of an earlier period.",
    ),
    "waiting": Definition(
        name="Not decided yet",
        counts="Of the referrals received in the period, those without any decision.",
        leaves_out="Referrals that were closed.",
    ),
    "reached": Definition(
        name="Reached",
        counts="Different people who were there at least once in the period.",
        leaves_out="People whose only contact was a call or a letter.",
    ),
    "started": Definition(
        name="Started",
        counts="Different people who were there for the first time under a referral in the period.",
        leaves_out="Where a series is only joined from its beginning, whoever came later than its "
        "first session.",
    ),
    "completed": Definition(
        name="Completed",
        counts=f"Different people who met their rule in a group that ended in the period. {_RULE}",
        leaves_out="People in groups that still run, who are neither finished nor failed.",
    ),
    "completed_in_time": Definition(
        name="Completed in time",
        counts="Of those who completed, those whose group ended by the last day of their caution.",
        out_of="People who completed in the period.",
        leaves_out="Nobody; without a recorded caution it was not in time.",
    ),
    "children_of_completers": Definition(
        name="Children of those who completed",
        counts="Different children of people who completed in the period, each once.",
        leaves_out="Children whom nobody recorded.",
    ),
    "due_to_finish": Definition(
        name="Completed, of those due to finish",
        counts=f"People who completed. {_RULE} {_WILSON}",
        out_of="Everybody with a place in a group whose last session was held in the period.",
        leaves_out="Whoever moved to another group: they are due to finish with that one.",
    ),
    "starters": Definition(
        name="Completed, of those who started and whose group is over",
        counts=f"People who started in the period and completed by its end. {_WILSON}",
        out_of="People who started in the period.",
        leaves_out="Those whose group still ran at the end of the period; their number stands "
        "beside the rate.",
    ),
    "referrals": Definition(
        name="Completed, of referrals received",
        counts=f"Referrals of the period that led to completion by its end. {_WILSON}",
        out_of="All referrals received in the period.",
        leaves_out="Nobody; many are still on their way, whose number stands beside the rate.",
    ),
    "made": Definition(
        name="Orders made",
        counts="Orders of the kind that were made in the period.",
        leaves_out="Those that a court refused.",
    ),
    "breach_events_recorded": Definition(
        name="Breaches recorded",
        counts="Events that happened in the period and were recorded as a breach, at any stage.",
        leaves_out="Withdrawn ones. One event that broke two orders is one event.",
    ),
    "orders_with_breach_recorded": Definition(
        name="Orders with a breach recorded",
        counts="Orders on which at least one breach of the period was recorded.",
        leaves_out="Withdrawn breaches. The orders need not have been made in the period, so this "
        "over the orders made is no rate.",
    ),
    "orders_breach_established": Definition(
        name="Orders with a breach admitted or proved",
        counts="Orders on which at least one breach of the period was admitted or proved.",
        leaves_out="Breaches alleged, under arrest or before court: alleged is not proved.",
    ),
    "not_suitable": Definition(
        name="Found not suitable, by reason",
        counts="Referrals received in the period whose latest decision says not suitable.",
        out_of="All referrals of the period that were found not suitable.",
        leaves_out="Referrals that were closed without a decision.",
    ),
    "drop-out": Definition(
        name="Drop-out by session",
        counts="The estimated share still coming after each session (Kaplan and Meier, 1958, with "
        "Greenwood's 95% interval). The event is that a place ended before completion, or that "
        "the group finished without the person; it falls after the last session they came to.",
        out_of="Every start of the period: the first session attended under a referral. Somebody "
        "who started under two referrals is watched under each.",
        leaves_out="Nobody. Whoever completed, still comes, came to the last session without "
        "completing, moved away, died, or whose order ended is counted until then and is not a "
        "drop-out (censored).",
    ),
    "waits": Definition(
        name="Wait from referral to first session",
        counts="Days from the day a referral was received to the first session attended under it; "
        "a quarter waited no longer than the first figure, half no longer than the second.",
        out_of="Every start of the period; somebody who started under two referrals waited twice.",
        leaves_out="Those who still wait, and those who never came; see the queue.",
    ),
    "endings": Definition(
        name="Why places ended early",
        counts="Places that ended in the period before completion, by the reason recorded.",
        out_of="All such places.",
        leaves_out="Whoever repeats a pair of workshops, and whoever moved to another group.",
    ),
    "queue": Definition(
        name="Queue, capacity and projected wait",
        counts="Waiting: found suitable before the end of the period, with no place at its end. "
        "Projected wait: the queue divided by the places given a week in the period, and so only "
        "what would happen if nothing changed.",
        out_of="Places ahead: the capacity of groups that begin in the 26 weeks after the period.",
        leaves_out="Referrals that were closed since; places in groups that nobody planned yet.",
    ),
    "unmet-need": Definition(
        name="Unmet need",
        counts="Different people found not suitable by a decision of the period, by coded reason. "
        "The first group are needs that no programme here meets.",
        leaves_out="People whom nobody referred because there is nothing for them.",
    ),
    "clocks": Definition(
        name="Deadlines met",
        counts="Deadlines of the law that began in the period, as they stand now. A deadline that "
        "two readings of the law put differently is in doubt between them.",
        out_of="All deadlines that began in the period, of the kind named.",
        leaves_out="The end of an order, which comes by itself.",
        source="The orders and their statutes; see Orders, kinds.",
    ),
    "breach-stages": Definition(
        name="When breaches fell",
        counts="Events of the period before, during or after a person's programme: during runs "
        "from the first session attended to the end of the last place.",
        leaves_out="Nobody; people who never attended stand under before.",
    ),
    "landmark": Definition(
        name="First breach after the programme was due to finish",
        counts="The estimated share without a recorded breach, by week after the last session of "
        "the person's group was held (the landmark; Kaplan and Meier, 1958, with Greenwood's 95% "
        "interval). It is the same day for those who completed and those who did not, so that "
        "living long enough to complete does not count as success.",
        out_of="People whose group finished in the period, by the first that did, with an order "
        "or bail in force on that day and no breach since they started.",
        leaves_out="Withdrawn breaches. Whoever has none is counted until today, until the last "
        "day of the orders that were in force on the landmark, or for 52 weeks, and is then "
        "watched no longer (censored). The two groups differ in other ways too.",
    ),
    "landmark-people": Definition(
        name="Who is in the curve after the programme, and who is not",
        counts="People whose group finished in the period, each once, by what was known of them "
        "on that day: a breach since they started comes first, then that they had died or moved "
        "away, then that no order or bail was in force.",
        leaves_out="Whoever moved to another group, or repeats the pair: they finish with it.",
    ),
    "costs": Definition(
        name="Cost of each completion",
        counts="Money spent on the days of the period, a cost being spread evenly over its days, "
        "divided by the people who completed in the period.",
        out_of="People who completed; beside it, people who started.",
        leaves_out="Costs that nobody entered; days without any cost are named. What an earlier "
        "ending achieved is not counted.",
        source="The manager's entries, each with its source.",
    ),
    "people": Definition(
        name="Who the people are",
        counts="Different people causing harm who were referred, reached, or closed as completed "
        "in the period, by their own answers; age on its last day.",
        leaves_out="Nobody; an answer that is missing is named as not recorded.",
    ),
    "children": Definition(
        name="Children",
        counts="Different children of people who were referred, reached or completed in the "
        "period, each once however many parents stand beside them.",
        leaves_out="Children whom nobody recorded.",
    ),
    "quality": Definition(
        name="What is missing",
        counts="Records of the period without the field, by their age at its end or today.",
        out_of="All records of the period of which the field is asked.",
        leaves_out="Fields that may rightly be empty.",
    ),
}
