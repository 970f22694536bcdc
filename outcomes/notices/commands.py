"""Raising a notice. One form of row and one way to be seen, whoever it comes from."""

import secrets
from datetime import datetime
from uuid import UUID

from outcomes.notices.queries import notices_to_show
from outcomes.notices.rules import IN_FORCE, Draw, shown_from
from outcomes.notices.words import NoticeCode
from programmes.common.audit import begin, name_act
from programmes.common.db import execute
from programmes.common.errors import Refused
from programmes.common.ids import new_id
from programmes.common.jobs import Done, Open
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import person

RAISE_NOTICE = Permission(Resource.NOTICE, Verb.CREATE)
_ACT = "raise-notice"
_WAIT = (
    "INSERT INTO notice_waiting (id, person_id, code, show_from_at, raised_by, raised_at) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
)


async def raise_notice(
    person_id: UUID,
    code: NoticeCode,
    *,
    is_urgent: bool,
    actor: Actor,
    now: datetime,
    draw: Draw = secrets.randbelow,
) -> datetime:
    """By a manager or an officer; answers when staff will see it. No audit entry names anybody."""
    await begin(actor, RAISE_NOTICE, _ACT)
    await person(actor, person_id)
    show_from_at = shown_from(now, is_urgent=is_urgent, draw=draw)
    row = (new_id(show_from_at), person_id, code, show_from_at, actor.account_id, now)
    await execute(_WAIT, *row)
    return show_from_at


async def receive_notice(
    notice_id: UUID, person_id: UUID, code: NoticeCode, *, show_from_at: datetime
) -> None:
    """From across, through the login that may add such rows and read nothing. Twice is once."""
    await name_act(_ACT)
    await execute(_WAIT, notice_id, person_id, code, show_from_at, None, None)


async def recall_own_notice(waiting_id: UUID, *, actor: Actor, now: datetime) -> None:
    """By whoever raised it, until staff can see it: for 30 minutes at least."""
    await begin(actor, RAISE_NOTICE, _ACT)
    recalled = await execute(
        "UPDATE notice_waiting SET recalled_at = $2 WHERE id = $1 AND raised_by = $3 "
        "AND recalled_at IS NULL AND shown_at IS NULL",
        waiting_id,
        now,
        actor.account_id,
    )
    if not recalled:
        raise Refused("Staff can see this notice already. It cannot be taken back.")


async def show_notices(actor: Actor, now: datetime, open_as: Open) -> Done:
    """All whose moment has come, in one go and under one name: nobody's."""
    found = await notices_to_show(now)
    await name_act(_ACT)
    for one in found:
        await execute(
            "INSERT INTO notice (id, person_id, code, shown_from_at, ends_at) "
            "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            one.id,
            one.person_id,
            one.code,
            one.show_from_at,
            one.show_from_at + IN_FORCE,
        )
        await execute(
            "UPDATE notice_waiting SET shown_at = $2, raised_by = NULL, raised_at = NULL "
            "WHERE id = $1",
            one.id,
            now,
        )
    return Done(len(found))
