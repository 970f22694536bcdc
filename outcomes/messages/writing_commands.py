"""Writing messages: what is due to whom. Each cause makes one message, however often it is asked.

Nothing here knows of anybody on the survivor side: what goes to a participant about an absence
waits the same head start for everybody.
"""

from datetime import datetime, time, timedelta

from outcomes.messages.outcome_commands import due_outcomes
from outcomes.tasks.rule_queries import rules_on
from outcomes.tasks.words import ROLES_OF, RuleCode
from programmes.common.audit import begin
from programmes.common.clock import LONDON, london_date
from programmes.common.db import execute, fetch
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

WRITE = Permission(Resource.OUTBOX, Verb.CREATE)
DIGEST_AT = time(7, 30)
REMIND_BEFORE = timedelta(hours=48)
"""A reminder goes in the last two days before a session, in his safe hours (common practice)."""
NEWS_FOR = timedelta(days=7)


async def write_messages(*, actor: Actor, now: datetime) -> int:
    """How many new ones there are."""
    await begin(actor, WRITE, "write-messages")
    rules = await rules_on(actor, london_date(now))
    head_start = timedelta(hours=rules[RuleCode.HEAD_START].threshold)
    return (
        await _at_once(now)
        + await _digests(now)
        + await _reminders(now)
        + await _of_absences(head_start, now)
        + await _of_outcomes(head_start, now)
    )


async def _at_once(now: datetime) -> int:
    """One message for everything that is new since the last one."""
    rows = await fetch(_NEW_FOR, *_parts(), now - NEWS_FOR, "immediate")
    return sum(
        [
            await _insert(
                now,
                kind="new item",
                channel="email",
                account_id=row["account_id"],
                items=row["items"],
                cause=f"new item:{row['account_id']}:{row['newest']}",
            )
            for row in rows
        ]
    )


async def _digests(now: datetime) -> int:
    """Once a working day, from half past seven, where anything is new since the last one."""
    local = now.astimezone(LONDON)
    if local.weekday() > 4 or local.time() < DIGEST_AT:
        return 0
    rows = await fetch(_NEW_FOR, *_parts(), now - NEWS_FOR, "digest")
    return sum(
        [
            await _insert(
                now,
                kind="digest",
                channel="email",
                account_id=row["account_id"],
                items=row["items"],
                cause=f"digest:{row['account_id']}:{local.date()}",
                expires_at=now + timedelta(hours=12),
            )
            for row in rows
        ]
    )


async def _reminders(now: datetime) -> int:
    rows = await fetch(_REMINDERS, now, now + REMIND_BEFORE)
    return sum(
        [
            await _insert(
                now,
                kind="reminder",
                channel=row["channel"],
                contact_point_id=row["contact_point_id"],
                person_id=row["person_id"],
                about_id=row["session_id"],
                cause=f"reminder:{row['session_id']}:{row['starts_at']}:{row['contact_point_id']}",
                expires_at=row["starts_at"] - timedelta(hours=1),
            )
            for row in rows
        ]
    )


async def _of_absences(head_start: timedelta, now: datetime) -> int:
    """Held from the moment at which the fact was recorded."""
    rows = await fetch(_MISSED, now - NEWS_FOR)
    return sum(
        [
            await _insert(
                now,
                kind="missed",
                channel=row["channel"],
                contact_point_id=row["contact_point_id"],
                person_id=row["person_id"],
                about_id=row["mark_id"],
                cause=f"missed:{row['session_id']}:{row['contact_point_id']}",
                next_try_at=row["recorded_at"] + head_start,
                expires_at=row["recorded_at"] + head_start + NEWS_FOR,
            )
            for row in rows
        ]
    )


async def _of_outcomes(head_start: timedelta, now: datetime) -> int:
    due = await due_outcomes(now - NEWS_FOR, head_start)
    return sum([await _insert(now, **message) for message in due])


async def _insert(now: datetime, **values: object) -> int:
    row = {
        "id": new_id(now),
        "created_at": now,
        "next_try_at": now,
        "state": "waiting",
        **values,
    }
    columns = ", ".join(row)
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    sql = f"INSERT INTO message ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"
    return await execute(sql, *row.values())


def _parts() -> tuple[list[str], list[str]]:
    """Each part of the staff beside each of its roles."""
    pairs = [(part.value, role.value) for part, roles in ROLES_OF.items() for role in roles]
    return [part for part, _ in pairs], [role for _, role in pairs]


# Managers and the order keepers of the police hear of everybody; the others of their own people.
_NEW_FOR = """
SELECT a.id AS account_id, count(*)::int AS items, max(t.id::text) AS newest
FROM auth.account a
JOIN (SELECT unnest($1::text[]) AS part, unnest($2::text[]) AS role) p ON p.role = a.role
JOIN task t ON t.for_whom = p.part AND t.status = 'open' AND t.opened_at > $3
LEFT JOIN telling_choice c ON c.account_id = a.id
WHERE a.is_active AND coalesce(c.choice, 'digest') = $4 AND t.opened_at > coalesce((
      SELECT max(m.created_at) FROM message m
      WHERE m.account_id = a.id AND m.kind IN ('new item', 'digest')), $3)
  AND (t.for_whom = 'managers' OR (t.for_whom = 'order keepers' AND a.role = 'iom')
       OR EXISTS (SELECT FROM assignment s LEFT JOIN team_member m ON m.team_id = s.team_id
                  AND m.until_on IS NULL
                  WHERE s.person_id = t.person_id AND s.until_on IS NULL
                    AND a.id IN (s.account_id, m.account_id))
       OR EXISTS (SELECT FROM enrolment e JOIN cohort_staff k ON k.cohort_id = e.cohort_id
                  WHERE e.person_id = t.person_id AND k.account_id = a.id AND k.until_on IS NULL)
       OR (a.role = 'cara-coordinator' AND EXISTS (
           SELECT FROM enrolment e JOIN programme g ON g.id = e.programme_id
           WHERE e.person_id = t.person_id AND g.code = 'cara')))
  AND NOT EXISTS (SELECT FROM exclusion x WHERE x.person_id = t.person_id
                  AND x.account_id = a.id AND x.until_on IS NULL)
GROUP BY a.id
"""
_REMINDERS = """
SELECT DISTINCT c.id AS contact_point_id, c.channel, e.person_id, s.id AS session_id, s.starts_at
FROM session s
JOIN enrolment e ON e.status = 'enrolled' AND (
    (e.cohort_id = s.cohort_id AND s.kind <> 'extra')
    OR e.id IN (SELECT p.enrolment_id FROM appointment p
                WHERE p.session_id = s.id AND p.given_up_at IS NULL))
JOIN contact_point c ON c.person_id = e.person_id AND c.withdrawn_at IS NULL
WHERE s.status = 'planned' AND s.starts_at > $1 AND s.starts_at <= $2
"""
_MISSED = """
SELECT c.id AS contact_point_id, c.channel, f.person_id, m.id AS mark_id, m.session_id,
       f.recorded_at
FROM fact f
JOIN attendance_mark m ON m.id = f.about_id AND m.is_current AND NOT m.is_there
JOIN enrolment e ON e.id = m.enrolment_id AND e.status = 'enrolled'
JOIN contact_point c ON c.person_id = f.person_id AND c.withdrawn_at IS NULL
WHERE f.kind = 'missed' AND f.recorded_at > $1
"""
