"""Raising a notice. One form of row, whoever it comes from."""

from datetime import datetime, timedelta
from uuid import UUID

from outcomes.notices.words import NoticeCode
from programmes.common.audit import begin, name_act
from programmes.common.db import execute
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import person

RAISE_NOTICE = Permission(Resource.NOTICE, Verb.CREATE)
IN_FORCE = timedelta(days=90)
"""A notice ends by itself and is raised again where it is still needed (common practice)."""
_ACT = "raise-notice"
_INSERT = (
    "INSERT INTO notice (id, person_id, code, shown_from_at, ends_at) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
)


async def raise_notice(person_id: UUID, code: NoticeCode, *, actor: Actor, now: datetime) -> None:
    """By a manager or an officer, at once. The audit names the act and nobody."""
    await begin(actor, RAISE_NOTICE, _ACT)
    await person(actor, person_id)
    await execute(_INSERT, new_id(now), person_id, code, now, now + IN_FORCE)


async def receive_notice(
    notice_id: UUID, person_id: UUID, code: NoticeCode, *, shown_from_at: datetime
) -> None:
    """From across, through the login that may add notices and read nothing. Twice is once."""
    await name_act(_ACT)
    await execute(_INSERT, notice_id, person_id, code, shown_from_at, shown_from_at + IN_FORCE)
