"""Safety notices on their way across, as the sender and the second person see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from outcomes.notices.rules import ENDS_SOON, IN_FORCE
from outcomes.notices.words import NoticeCode
from outcomes.survivors.words import RequestStatus
from programmes.common.db import fetch_as, fetch_one_as
from programmes.common.errors import NotFound
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

RELEASE_NOTICE = Permission(Resource.NOTICE, Verb.RELEASE)
CREATE_NOTICE = Permission(Resource.NOTICE, Verb.CREATE)


class NoticeRow(Struct, frozen=True, kw_only=True):
    id: UUID
    survivor_id: UUID
    person_id: UUID
    code: NoticeCode
    is_urgent: bool
    status: RequestStatus
    raised_at: datetime
    raised_by: UUID
    raised_by_name: str | None
    decided_at: datetime | None
    decided_by: UUID | None
    show_from_at: datetime | None
    notice_id: UUID | None
    reviewed_at: datetime | None
    version: int


class EndingNotice(Struct, frozen=True, kw_only=True):
    survivor_id: UUID
    reference: str
    code: NoticeCode
    show_from_at: datetime


async def notices_for(actor: Actor, survivor_id: UUID) -> list[NoticeRow]:
    """Raised for one survivor, newest first."""
    must(actor, CREATE_NOTICE)
    return await fetch_as(
        NoticeRow,
        f"{_NOTICE} WHERE n.survivor_id = $1 ORDER BY n.raised_at DESC, n.id DESC",
        survivor_id,
    )


async def notices_to_decide(actor: Actor) -> list[NoticeRow]:
    """What waits for the second person: first what is urgent, then what was sent without one."""
    must(actor, RELEASE_NOTICE)
    return await fetch_as(
        NoticeRow,
        f"{_NOTICE} WHERE n.status = 'waiting' OR (n.status IN ('released', 'sent') "
        "AND n.decided_by = n.raised_by AND n.reviewed_at IS NULL) "
        "ORDER BY (n.status = 'waiting') DESC, n.is_urgent DESC, n.raised_at, n.id",
    )


async def notices_ending(actor: Actor, *, now: datetime) -> list[EndingNotice]:
    """Raised for one's own survivors, in force for some days yet, and not raised again."""
    must(actor, CREATE_NOTICE)
    return await fetch_as(EndingNotice, _ENDING, now - IN_FORCE, now - IN_FORCE + ENDS_SOON)


async def notice_request(request_id: UUID) -> NoticeRow:
    """Locked for whoever decides. Raises NotFound where the asking person may not see it."""
    found = await fetch_one_as(NoticeRow, f"{_NOTICE} WHERE n.id = $1 FOR UPDATE OF n", request_id)
    if found is None:
        raise NotFound
    return found


async def notices_due(now: datetime) -> Sequence[NoticeRow]:
    """Released, and their moment has come."""
    return await fetch_as(
        NoticeRow,
        f"{_NOTICE} WHERE n.status = 'released' AND n.show_from_at <= $1 "
        "ORDER BY n.show_from_at FOR UPDATE OF n SKIP LOCKED",
        now,
    )


_NOTICE = """
SELECT n.id, n.survivor_id, n.person_id, n.code, n.is_urgent, n.status, n.raised_at, n.raised_by,
       a.name AS raised_by_name, n.decided_at, n.decided_by, n.show_from_at, n.notice_id,
       n.reviewed_at, n.version
FROM notice_request n LEFT JOIN auth.account a ON a.id = n.raised_by
"""
_ENDING = """
SELECT n.survivor_id, s.reference, n.code, n.show_from_at
FROM notice_request n JOIN survivor s ON s.id = n.survivor_id
WHERE n.status = 'sent' AND n.show_from_at > $1 AND n.show_from_at <= $2
  AND NOT EXISTS (SELECT FROM notice_request again
                  WHERE again.survivor_id = n.survivor_id AND again.person_id = n.person_id
                    AND again.code = n.code AND again.raised_at > n.raised_at
                    AND again.status IN ('waiting', 'released', 'sent'))
ORDER BY n.show_from_at, n.id
"""
