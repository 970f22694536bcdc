"""The notices about a person, as the programme side reads them: nothing tells who raised one."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from outcomes.notices.words import NoticeCode
from programmes.common.db import fetch_as
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_NOTICES = Permission(Resource.NOTICE, Verb.READ)


class NoticeRow(Struct, frozen=True):
    code: NoticeCode
    shown_from_at: datetime
    ends_at: datetime


class OwnNotice(Struct, frozen=True):
    person_id: UUID
    name: str
    reference: str
    code: NoticeCode
    shown_from_at: datetime
    ends_at: datetime


class WaitingNotice(Struct, frozen=True, kw_only=True):
    """One that nobody sees yet but whoever raised it."""

    id: UUID
    person_id: UUID
    code: NoticeCode
    show_from_at: datetime


_WAITING = "SELECT id, person_id, code, show_from_at FROM notice_waiting WHERE shown_at IS NULL "


async def own_waiting(actor: Actor, person_id: UUID) -> list[WaitingNotice]:
    """What the asking person raised about somebody and may still recall."""
    must(actor, READ_NOTICES)
    return await fetch_as(
        WaitingNotice,
        f"{_WAITING} AND recalled_at IS NULL AND person_id = $1 AND raised_by = $2 "
        "ORDER BY show_from_at",
        person_id,
        actor.account_id,
    )


async def notices_to_show(now: datetime) -> list[WaitingNotice]:
    """Their moment has come; in the job's own transaction."""
    return await fetch_as(
        WaitingNotice,
        f"{_WAITING} AND recalled_at IS NULL AND show_from_at <= $1 "
        "ORDER BY show_from_at, id FOR UPDATE SKIP LOCKED",
        now,
    )


async def notices_of(actor: Actor, person_id: UUID, *, now: datetime) -> list[NoticeRow]:
    """In force or over, newest first."""
    must(actor, READ_NOTICES)
    return await fetch_as(
        NoticeRow,
        "SELECT code, shown_from_at, ends_at FROM notice "
        "WHERE person_id = $1 AND shown_from_at <= $2 ORDER BY shown_from_at DESC, id DESC",
        person_id,
        now,
    )


async def own_notices(actor: Actor, *, now: datetime) -> list[OwnNotice]:
    """In force about whom the asking person works with, newest first."""
    must(actor, READ_NOTICES)
    return await fetch_as(
        OwnNotice,
        "SELECT n.person_id, p.first_name || ' ' || p.last_name AS name, p.reference, n.code, "
        "n.shown_from_at, n.ends_at FROM notice n JOIN person p ON p.id = n.person_id "
        "WHERE n.shown_from_at <= $1 AND n.ends_at > $1 "
        "AND ((SELECT auth.scope('notice', 'read')) = 'all' "
        "OR n.person_id IN (SELECT auth.own_people())) "
        "ORDER BY n.shown_from_at DESC LIMIT 20",
        now,
    )
