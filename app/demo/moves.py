"""What has moved since: a place in another group, a session to make up, two to be kept apart.

And a closed day that a session stands on, for a manager to move.
"""

from datetime import timedelta

from app.demo.context import DemoContext
from app.demo.people import IOM, MANAGER
from programmes.common.db import fetch_value
from scheduling.cohorts.place_words import NewClosure
from scheduling.cohorts.transfer_commands import transfer
from scheduling.cohorts.venue_commands import add_closure
from scheduling.placement.times_commands import keep_apart
from scheduling.sessions.catch_up_commands import book_catch_up
from scheduling.sessions.catch_up_queries import owed_sessions

_MOVES, _WHY = "now-9", "Their shifts have changed. They can come on the other group's evening."
_ASSOCIATES = (("wait-4", "next-3"), ("wait-6", "wait-8"))


async def load(context: DemoContext) -> None:
    async with context.acting("load-demo-moves"):
        await _another_group(context)
        await _to_make_up(context)
        await _kept_apart(context)
        await _closed_at_short_notice(context)


async def _another_group(context: DemoContext) -> None:
    """From tonight's group to the one that is to come, with all that they have done."""
    place_id = await fetch_value(
        "SELECT id FROM enrolment WHERE referral_id = $1", context.referrals[_MOVES]
    )
    await transfer(
        place_id,
        into=context.cohorts["next"],
        reason=_WHY,
        actor=context.accounts[MANAGER],
        now=context.ago(2),
    )


async def _to_make_up(context: DemoContext) -> None:
    """The first of tonight's group who owes a session that the other group is still to hold."""
    actor, now = context.accounts[MANAGER], context.now
    for owed in await owed_sessions(actor, now=now):
        if owed.place.cohort_id == context.cohorts["now"] and owed.choices:
            await book_catch_up(
                owed.place.enrolment_id,
                number=owed.owing.number,
                session_id=owed.choices[0].session_id,
                actor=actor,
                now=now,
            )
            return


async def _kept_apart(context: DemoContext) -> None:
    """Known associates, as an officer entered them: no plan names one to the other."""
    for one, other in _ASSOCIATES:
        reference = await fetch_value(
            "SELECT reference FROM person WHERE id = $1", context.people[other]
        )
        await keep_apart(
            context.people[one],
            reference,
            until_on=None,
            actor=context.accounts[IOM],
            now=context.ago(20),
        )


async def _closed_at_short_notice(context: DemoContext) -> None:
    """In three weeks tonight's group would stand before a locked door."""
    venue_id = await fetch_value(
        "SELECT r.venue_id FROM cohort c JOIN room r ON r.id = c.room_id WHERE c.id = $1",
        context.cohorts["now"],
    )
    day = context.today + timedelta(days=21)
    closure = NewClosure(from_on=day, until_on=day, why="Boiler replaced", venue_id=venue_id)
    await add_closure(closure, actor=context.accounts[MANAGER], now=context.ago(1))
