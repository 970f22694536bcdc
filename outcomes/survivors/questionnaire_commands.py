"""What every new home asks survivors, and new versions of it."""

from datetime import datetime
from uuid import UUID

from outcomes.survivors.questionnaire_queries import questionnaires
from outcomes.survivors.questionnaire_tables import QuestionnaireVersion
from outcomes.survivors.questionnaires import (
    QUESTIONNAIRES,
    Change,
    Questionnaire,
    faults_of_version,
    next_version,
)
from programmes.common.audit import begin, name_act
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch, insert
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

ADD_QUESTIONNAIRE = Permission(Resource.QUESTIONNAIRE, Verb.CREATE)


async def plant_questionnaires(now: datetime) -> None:
    """Adds the versions that are missing. Run by `migrate` as the tables' owner."""
    await name_act("plant-questionnaires")
    stored = {row["code"] for row in await fetch("SELECT code FROM questionnaire")}
    for one in QUESTIONNAIRES:
        if one.code not in stored:
            await _insert(one, by=None, now=now)


async def add_questionnaire(change: Change, *, actor: Actor, now: datetime) -> UUID:
    """A version beside those that stand; answers keep the one they were given to.

    Raises Invalid with every reason beside its field.
    """
    await begin(actor, ADD_QUESTIONNAIRE, "add-questionnaire", reason=change.based_on)
    await execute("SELECT pg_advisory_xact_lock(hashtextextended('questionnaire', 4))")
    versions = await questionnaires()
    faults = faults_of_version(change, versions, today=london_date(now))
    if faults:
        raise Invalid(faults)
    return await _insert(next_version(change, versions), by=actor.account_id, now=now)


async def _insert(one: Questionnaire, *, by: UUID | None, now: datetime) -> UUID:
    questionnaire_id = new_id(now)
    await insert(
        QuestionnaireVersion,
        id=questionnaire_id,
        code=one.code,
        valid_from=one.valid_from,
        based_on=one.based_on,
        questions=one.questions,
        recorded_at=now,
        recorded_by=by,
    )
    return questionnaire_id
