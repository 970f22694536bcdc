"""Asking somebody what they thought, and taking the answer without knowing whose it is."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from outcomes.feedback.tables import FeedbackInvitation
from outcomes.feedback.words import SCALE, STATEMENTS, FeedbackToken
from programmes.common.audit import begin, name_act
from programmes.common.db import execute, fetch_one, fetch_value, insert
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from scheduling.cohorts.queries import runs_cohort

ASK_FOR_FEEDBACK = Permission(Resource.COHORTS, Verb.WRITE)
OPEN_FOR = timedelta(days=28)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def ask_for_feedback(enrolment_id: UUID, *, actor: Actor, now: datetime) -> FeedbackToken:
    """A way to answer once, told this once; one that was given before works no more.

    Raises NotFound for a place of another group, Refused where they have answered already.
    """
    await begin(actor, ASK_FOR_FEEDBACK, "ask-for-feedback")
    place = await fetch_one(
        "SELECT person_id, cohort_id, programme_id FROM enrolment WHERE id = $1 FOR UPDATE",
        enrolment_id,
    )
    if place is None or not await runs_cohort(
        actor, place["cohort_id"], permission=ASK_FOR_FEEDBACK
    ):
        raise NotFound
    if await has_answered(enrolment_id):
        raise Refused("They have answered already. Everybody answers once.")
    await execute(
        "UPDATE feedback_invitation SET withdrawn_at = $2 WHERE enrolment_id = $1 "
        "AND withdrawn_at IS NULL AND answered_on IS NULL",
        enrolment_id,
        now,
    )
    token = FeedbackToken(secrets.token_urlsafe(32))
    await insert(
        FeedbackInvitation,
        id=new_id(now),
        enrolment_id=enrolment_id,
        person_id=place["person_id"],
        cohort_id=place["cohort_id"],
        programme_id=place["programme_id"],
        token_hash=hash_of(token),
        made_at=now,
        made_by=actor.account_id,
        expires_at=now + OPEN_FOR,
    )
    return token


async def has_answered(enrolment_id: UUID) -> bool:
    return bool(
        await fetch_value(
            "SELECT EXISTS (SELECT FROM feedback_invitation WHERE enrolment_id = $1 "
            "AND answered_on IS NOT NULL)",
            enrolment_id,
        )
    )


async def programme_asked_about(token: str) -> str:
    """Its name. Raises NotFound for anything but an invitation that is open."""
    found = await fetch_value("SELECT auth.feedback_programme($1)", hash_of(token))
    if found is None:
        raise NotFound
    return str(found)


async def give_feedback(token: str, answers: Mapping[str, int]) -> None:
    """By nobody who is signed in: the invitation is all there is. Raises NotFound once used."""
    known = {one.code for one in STATEMENTS}
    if set(answers) != known or not all(1 <= said <= len(SCALE) for said in answers.values()):
        raise Invalid({"respect": "Answer every statement."})
    await name_act("give-feedback")
    if not await fetch_value("SELECT auth.give_feedback($1, $2)", hash_of(token), dict(answers)):
        raise NotFound
