"""Noting where somebody is not offered a place."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from programmes.common.audit import begin, name_act
from programmes.common.clock import london_date
from programmes.common.db import execute
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import person
from scheduling.placement.not_offered_words import HOLDS, NotOfferedHere, day_it_bears

WRITE_PLACEMENT = Permission(Resource.PLACEMENT, Verb.WRITE)
_ACT = "note-not-offered"
_INSERT = (
    "INSERT INTO not_offered (id, person_id, cohort_id, venue_id, from_on, until_on, given_on) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
)


def not_offered_id(given_on: date) -> UUID:
    """An id that bears its day and chance alone, whoever makes it and at whatever hour."""
    return new_id(datetime.combine(given_on, time(), UTC))


async def note_not_offered(what: NotOfferedHere, *, actor: Actor, now: datetime) -> None:
    """By a manager, for 90 days. The audit names the act, the day and nobody."""
    await begin(actor, WRITE_PLACEMENT, _ACT)
    await person(actor, what.person_id)
    given_on = day_it_bears(london_date(now))
    await receive_not_offered(not_offered_id(given_on), what, given_on=given_on)


async def receive_not_offered(row_id: UUID, what: NotOfferedHere, *, given_on: date) -> None:
    """From wherever it comes, through a login that may add such rows. Twice is once.

    It begins on its day and always holds as long: no length tells one giver from another.
    `row_id` is made by `not_offered_id(given_on)` and kept by whoever may have to try again.
    """
    await name_act(_ACT)
    await execute(
        _INSERT,
        row_id,
        what.person_id,
        what.cohort_id,
        what.venue_id,
        given_on,
        given_on + HOLDS,
        given_on,
    )
