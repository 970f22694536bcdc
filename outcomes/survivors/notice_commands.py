"""The one way across: a notice of fixed words, raised by one, released by another."""

import secrets
from datetime import datetime
from uuid import UUID

import asyncpg

from outcomes.notices.commands import receive_notice
from outcomes.notices.rules import HANDED_OVER_BEFORE, Draw, is_late, shown_from
from outcomes.notices.words import NoticeCode
from outcomes.survivors.notice_queries import (
    CREATE_NOTICE,
    RELEASE_NOTICE,
    NoticeRow,
    notice_request,
    notices_due,
)
from outcomes.survivors.notice_rules import (
    may_recall,
    needs_review,
    reasons_not_released,
)
from outcomes.survivors.queries import links_of, open_survivor
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.tables import NoticeRequest
from outcomes.survivors.words import RequestStatus
from programmes.common.audit import begin
from programmes.common.db import execute, insert
from programmes.common.errors import NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.jobs import Done, Open
from programmes.common.permissions import Permission, may
from programmes.common.staff import Actor


async def raise_notice(
    survivor_id: UUID,
    link_id: UUID,
    *,
    code: NoticeCode,
    is_urgent: bool,
    sealing: Sealing,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Waits for a second person; nothing crosses yet."""
    await begin(actor, CREATE_NOTICE, "ask-for-notice")
    await open_survivor(actor, survivor_id, sealing=sealing)
    link = next((one for one in await links_of(actor, [survivor_id]) if one.id == link_id), None)
    if link is None:
        raise NotFound
    request_id = new_id(now)
    await insert(
        NoticeRequest,
        id=request_id,
        survivor_id=survivor_id,
        person_id=link.person_id,
        code=code,
        is_urgent=is_urgent,
        status=RequestStatus.WAITING,
        raised_at=now,
        raised_by=actor.account_id,
    )
    return request_id


async def release_notice(
    request_id: UUID, *, actor: Actor, now: datetime, draw: Draw = secrets.randbelow
) -> None:
    """By a second person; by the sender where it is urgent and nobody answered in 30 minutes."""
    await begin(actor, _right_of(actor), "release-notice")
    found = await notice_request(request_id)
    reasons = reasons_not_released(
        found.status,
        raised_by=found.raised_by,
        raised_at=found.raised_at,
        is_urgent=found.is_urgent,
        by=actor.account_id,
        now=now,
    )
    if reasons:
        raise Refused(*reasons)
    show_from_at = shown_from(now, is_urgent=found.is_urgent, draw=draw)
    await _decide(found, RequestStatus.RELEASED, actor=actor, now=now)
    # The id that will cross is of the moment at which it is shown, not of when she asked.
    await execute(
        "UPDATE notice_request SET show_from_at = $2, notice_id = $3 WHERE id = $1",
        request_id,
        show_from_at,
        new_id(show_from_at),
    )


async def decline_notice(request_id: UUID, *, actor: Actor, now: datetime) -> None:
    await begin(actor, RELEASE_NOTICE, "decline-notice")
    found = await notice_request(request_id)
    if found.status is not RequestStatus.WAITING or found.raised_by == actor.account_id:
        raise Refused("This notice no longer waits for release.")
    await _decide(found, RequestStatus.DECLINED, actor=actor, now=now)


async def recall_notice(request_id: UUID, *, actor: Actor, now: datetime) -> None:
    """As long as nobody on the programme side can see it."""
    await begin(actor, _right_of(actor), "recall-notice")
    found = await notice_request(request_id)
    if not may_recall(found.status):
        raise Refused("Staff can see this notice already. It cannot be taken back.")
    await _decide(found, RequestStatus.RECALLED, actor=actor, now=now)


async def review_notice(request_id: UUID, *, actor: Actor, now: datetime) -> None:
    """That a second person has looked at what was released without one."""
    await begin(actor, RELEASE_NOTICE, "review-notice")
    found = await notice_request(request_id)
    unseen = needs_review(found.status, raised_by=found.raised_by, decided_by=found.decided_by)
    if found.reviewed_at is not None or not unseen:
        raise Refused("There is nothing to review in this notice.")
    await execute(
        "UPDATE notice_request SET reviewed_at = $2, reviewed_by = $3, version = version + 1 "
        "WHERE id = $1",
        request_id,
        now,
        actor.account_id,
    )


async def hand_notices_over(actor: Actor, now: datetime, open_as: Open) -> Done:
    """Each joins those that wait on the other side, shortly before its moment, in a transaction
    of its own. One that joined already joins again unnoticed."""
    done = failed = 0
    for one in await notices_due(now + HANDED_OVER_BEFORE):
        assert one.notice_id is not None
        assert one.show_from_at is not None
        show_from_at, notice_id = one.show_from_at, one.notice_id
        if is_late(show_from_at, now):
            show_from_at = shown_from(now, is_urgent=True, draw=secrets.randbelow)
            notice_id = new_id(show_from_at)
        try:
            async with open_as("work_bridge_writer"):
                await receive_notice(notice_id, one.person_id, one.code, show_from_at=show_from_at)
        except asyncpg.PostgresError:
            failed += 1
            continue
        await _mark_sent(one.id, show_from_at, notice_id, now=now)
        done += 1
    return Done(done, failed)


async def _mark_sent(
    request_id: UUID, show_from_at: datetime, notice_id: UUID, *, now: datetime
) -> None:
    await execute(
        "UPDATE notice_request SET status = 'sent', sent_at = $2, show_from_at = $3, "
        "notice_id = $4, version = version + 1 WHERE id = $1",
        request_id,
        now,
        show_from_at,
        notice_id,
    )


async def _decide(found: NoticeRow, status: RequestStatus, *, actor: Actor, now: datetime) -> None:
    await execute(
        "UPDATE notice_request SET status = $2, decided_at = $3, decided_by = $4, "
        "version = version + 1 WHERE id = $1",
        found.id,
        status,
        now,
        actor.account_id,
    )


def _right_of(actor: Actor) -> Permission:
    return RELEASE_NOTICE if may(actor, RELEASE_NOTICE) else CREATE_NOTICE
