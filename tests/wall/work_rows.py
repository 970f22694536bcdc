"""Work for each of the cast: caseloads, cohorts, somebody excluded, what hangs on their people."""

from typing import Any

from app.demo.accounts import CAST
from programmes.common.db import Side
from programmes.common.staff import Role
from tests.cast import Cast

CASELOADS = {Role.PROBATION: 0, Role.IOM: 12, Role.CASE_OWNER: 24, Role.FACILITATOR: 36}
CASES = 8
EXCLUDED = (Role.MANAGER, Role.PROBATION, Role.IOM, Role.CASE_OWNER, Role.FACILITATOR)


async def add_work_rows(cast: Cast) -> None:
    """By the tables' owner, since what matters here is who sees them."""
    async with cast.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'arrange-test', true)")
        for person in CAST:
            if person.side is Side.WORK:
                await _rows_of(owner, person.role, person.email)
        await owner.execute(_NOTICES)
        for rows in _OF_PEOPLE:
            await owner.execute(rows)


async def _rows_of(owner: Any, role: Role, email: str) -> None:
    account = await owner.fetchval("SELECT id FROM auth.account WHERE email = $1", email)
    second = ".two@" in email
    if role is Role.FACILITATOR:
        await owner.execute(_COHORT, account, 1 if second else 0)
    if role in CASELOADS and not second:
        await owner.execute(_CASELOAD, account, CASELOADS[role], CASES)
    if role in EXCLUDED and not second:
        await owner.execute(_EXCLUSION, account)
        await owner.execute(_CHILD_OF_THE_EXCLUDED, account)


_COHORT = """
INSERT INTO cohort_staff (id, cohort_id, account_id, duty, from_on)
SELECT gen_random_uuid(), c.id, $1, 'facilitator', '2017-01-01'
FROM (SELECT id FROM cohort ORDER BY reference OFFSET $2 LIMIT 1) c
"""
_CASELOAD = """
INSERT INTO assignment (id, person_id, account_id, from_on)
SELECT gen_random_uuid(), p.person_id, $1, '2017-01-01'
FROM (SELECT DISTINCT person_id FROM protective_order ORDER BY 1 OFFSET $2 LIMIT $3) p
"""
# Somebody whom this account would otherwise see, with as much hanging on him as can be.
_EXCLUSION = """
INSERT INTO exclusion (id, person_id, account_id, reason, from_on)
SELECT gen_random_uuid(), p.id, $1, 'Knows the family', '2017-01-01'
FROM person p
WHERE EXISTS (SELECT FROM protective_order o WHERE o.person_id = p.id)
ORDER BY EXISTS (SELECT FROM assignment a WHERE a.person_id = p.id AND a.account_id = $1) DESC,
         (SELECT count(*) FROM breach b WHERE b.person_id = p.id) DESC, p.id
LIMIT 1
"""
_CHILD_OF_THE_EXCLUDED = """
WITH made AS (
    INSERT INTO child (id, lives_with) VALUES (gen_random_uuid(), 'not known') RETURNING id
)
INSERT INTO person_child (id, person_id, child_id)
SELECT gen_random_uuid(), e.person_id, made.id FROM exclusion e, made WHERE e.account_id = $1
"""
_NOTICES = """
INSERT INTO notice (id, person_id, code, shown_from_at, ends_at)
SELECT gen_random_uuid(), a.person_id, 'manager to call', '2018-01-01', '2100-01-01'
FROM (SELECT DISTINCT person_id FROM assignment WHERE account_id IS NOT NULL) a
"""
_THEIRS = "(SELECT DISTINCT person_id FROM assignment WHERE account_id IS NOT NULL) p"
_SOMEBODY = "(SELECT id FROM auth.account WHERE role = 'manager' ORDER BY email LIMIT 1) s"
_OF_PEOPLE = (
    f"""
    INSERT INTO fact (id, person_id, kind, about_id, step, happened_at, recorded_at)
    SELECT gen_random_uuid(), p.person_id, 'missed', gen_random_uuid(), '', now(), now()
    FROM {_THEIRS}""",
    f"""
    INSERT INTO task (id, person_id, kind, for_whom, cause, detail, opened_at, due_at, status)
    SELECT gen_random_uuid(), p.person_id, 'no contact', w.for_whom, w.for_whom || p.person_id, '',
           now(), now(), 'open'
    FROM {_THEIRS}, (VALUES ('facilitators'), ('officers'), ('managers'), ('order keepers'))
         w (for_whom)""",
    f"""
    INSERT INTO contact_entry (id, person_id, happened_at, with_whom, how, what, entered_at,
                               entered_by)
    SELECT gen_random_uuid(), p.person_id, now(), 'referrer', 'call', 'Rang', now(), s.id
    FROM {_THEIRS}, {_SOMEBODY}""",
    f"""
    INSERT INTO contact_point (id, person_id, channel, address, safe_from, safe_until,
                               consented_at, consented_to)
    SELECT gen_random_uuid(), p.person_id, 'email', 'somebody@example.org', '09:00', '20:00',
           now(), s.id
    FROM {_THEIRS}, {_SOMEBODY}""",
    f"""
    INSERT INTO statement (id, person_id, kind, says, hash, made_at, made_by)
    SELECT gen_random_uuid(), p.person_id, 'attendance statement',
           '{{"title": "A statement", "statement": "1", "person": [], "places": [], "more": [],
             "standing": "", "made": "", "made_by": ""}}', '', now(), s.id
    FROM {_THEIRS}, {_SOMEBODY}""",
    """
    INSERT INTO telling_choice (id, account_id, choice, chosen_at)
    SELECT gen_random_uuid(), id, 'digest', now() FROM auth.account WHERE role <> 'operator'""",
    """
    INSERT INTO message (id, kind, channel, account_id, cause, created_at, next_try_at, state)
    SELECT gen_random_uuid(), 'digest', 'email', id, id::text, now(), now(), 'held'
    FROM auth.account WHERE role <> 'operator'""",
)
