"""What goes on around the programmes, as lists and as quarterly counts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from programmes.catalogue.around_words import OnwardKind, OnwardOutcome
from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_AROUND = Permission(Resource.CATALOGUE, Verb.READ)
READ_ONWARD = Permission(Resource.CONTACT, Verb.READ)
MOST = 100


class AccreditationRow(Struct, frozen=True):
    programme: str
    body: str
    awarded_on: date
    expires_on: date


class ConsultationRow(Struct, frozen=True):
    agency: str
    held_on: date
    minutes: int
    topic: str


class TrainingRow(Struct, frozen=True):
    title: str
    for_whom: str
    held_on: date
    people: int


class OnwardRow(Struct, frozen=True):
    id: UUID
    kind: OnwardKind
    service: str
    referred_on: date
    outcome: OnwardOutcome | None
    outcome_on: date | None


class QuarterRow(Struct, frozen=True):
    """One quarter, by its first day; `onward` counts those of people one may see."""

    quarter: date
    consultations: int
    minutes: int
    trainings: int
    trained: int
    onward: int
    taken_up: int


class Around(Struct, frozen=True):
    accreditations: Sequence[AccreditationRow]
    consultations: Sequence[ConsultationRow]
    trainings: Sequence[TrainingRow]
    quarters: Sequence[QuarterRow]


async def around(actor: Actor, *, since: date) -> Around:
    """The latest first; quarters since a day, with those in which nothing was entered left out."""
    must(actor, READ_AROUND)
    return Around(
        await fetch_as(
            AccreditationRow,
            "SELECT g.name AS programme, a.body, a.awarded_on, a.expires_on FROM accreditation a "
            "JOIN programme g ON g.id = a.programme_id "
            f"ORDER BY a.expires_on DESC, a.id DESC LIMIT {MOST}",
        ),
        await fetch_as(
            ConsultationRow,
            "SELECT a.name AS agency, c.held_on, c.minutes, c.topic FROM consultation c "
            f"JOIN agency a ON a.id = c.agency_id ORDER BY c.held_on DESC, c.id LIMIT {MOST}",
        ),
        await fetch_as(
            TrainingRow,
            "SELECT title, for_whom, held_on, people FROM training "
            f"ORDER BY held_on DESC, id LIMIT {MOST}",
        ),
        await fetch_as(QuarterRow, _QUARTERS, since),
    )


async def onward_of(actor: Actor, person_id: UUID) -> list[OnwardRow]:
    """Newest first; nothing for a role that may not read contacts."""
    must(actor, READ_ONWARD)
    return await fetch_as(
        OnwardRow,
        "SELECT id, kind, service, referred_on, outcome, outcome_on FROM onward_referral "
        "WHERE person_id = $1 ORDER BY referred_on DESC, id DESC",
        person_id,
    )


_QUARTERS = """
WITH entered AS (
    SELECT date_trunc('quarter', held_on::timestamp)::date AS quarter, 1 AS consultations, minutes,
           0 AS trainings, 0 AS trained, 0 AS onward, 0 AS taken_up
    FROM consultation WHERE held_on >= $1
    UNION ALL
    SELECT date_trunc('quarter', held_on::timestamp)::date, 0, 0, 1, people, 0, 0
    FROM training WHERE held_on >= $1
    UNION ALL
    SELECT date_trunc('quarter', referred_on::timestamp)::date, 0, 0, 0, 0, 1,
           (outcome = 'taken up')::int
    FROM onward_referral WHERE referred_on >= $1)
SELECT quarter, sum(consultations)::int AS consultations, sum(minutes)::int AS minutes,
       sum(trainings)::int AS trainings, sum(trained)::int AS trained, sum(onward)::int AS onward,
       coalesce(sum(taken_up), 0)::int AS taken_up
FROM entered GROUP BY quarter ORDER BY quarter DESC
"""
