"""Who the people causing harm are, at each step, and their children: inside the service alone."""

from collections.abc import Sequence

from msgspec import Struct

from outcomes.reports.figures import Period
from outcomes.reports.planning_queries import every_mark_once
from programmes.common.db import fetch_as


class Described(Struct, frozen=True, kw_only=True):
    """How many different people of one answer were referred, were there, completed."""

    dimension: str
    answer: str
    referred: int
    reached: int
    completed: int


async def people_by_answer(period: Period) -> list[Described]:
    """Each person once in each column. Completed: a place that was closed as completed."""
    async with every_mark_once():
        return await fetch_as(
            Described,
            _DESCRIBED,
            period.from_on,
            period.until_on,
            period.starts_at,
            period.ends_at,
        )


class Children(Struct, frozen=True, kw_only=True):
    """Different children, each counted once however many parents or places they stand beside."""

    step: str
    children: int


async def children_by_step(period: Period) -> Sequence[Children]:
    async with every_mark_once():
        return await fetch_as(
            Children,
            _CHILDREN,
            period.from_on,
            period.until_on,
            period.starts_at,
            period.ends_at,
        )


# step  each person with the steps that they took in the period
_STEPS = """
WITH step AS MATERIALIZED (
    SELECT person_id, bool_or(is_referred) AS is_referred, bool_or(is_reached) AS is_reached,
           bool_or(is_completed) AS is_completed
    FROM (
        SELECT person_id, true AS is_referred, false AS is_reached, false AS is_completed
        FROM referral WHERE received_on >= $1 AND received_on < $2
        UNION ALL
        SELECT DISTINCT person_id, false, true, false FROM attendance_mark
        WHERE is_current AND is_there AND held_at >= $3 AND held_at < $4
        UNION ALL
        SELECT person_id, false, false, true FROM enrolment
        WHERE status = 'completed' AND ended_on >= $1 AND ended_on < $2) taken
    GROUP BY person_id)
"""
_DESCRIBED = f"""
{_STEPS},
described AS (
    SELECT s.*, p.sex, coalesce(nullif(p.ethnic_group, ''), 'not recorded') AS ethnic_group,
           coalesce(nullif(p.first_language, ''), 'not recorded') AS first_language,
           CASE WHEN p.interpreter_needed THEN 'yes' ELSE 'no' END AS interpreter,
           CASE WHEN a.years < 18 THEN 'under 18' WHEN a.years < 25 THEN '18 to 24'
                WHEN a.years < 35 THEN '25 to 34' WHEN a.years < 45 THEN '35 to 44'
                WHEN a.years < 55 THEN '45 to 54' ELSE '55 and over' END AS age
    FROM step s JOIN person p ON p.id = s.person_id
    CROSS JOIN LATERAL (SELECT extract(year FROM age($2, p.date_of_birth)) AS years) a)
SELECT CASE WHEN grouping(age) = 0 THEN 'age' WHEN grouping(sex) = 0 THEN 'sex'
            WHEN grouping(ethnic_group) = 0 THEN 'ethnic_group'
            WHEN grouping(first_language) = 0 THEN 'first_language'
            ELSE 'interpreter' END AS dimension,
       coalesce(age, sex, ethnic_group, first_language, interpreter) AS answer,
       count(*) FILTER (WHERE is_referred)::int AS referred,
       count(*) FILTER (WHERE is_reached)::int AS reached,
       count(*) FILTER (WHERE is_completed)::int AS completed
FROM described
GROUP BY GROUPING SETS ((age), (sex), (ethnic_group), (first_language), (interpreter))
ORDER BY 1, CASE WHEN grouping(age) = 0 THEN coalesce(age, '') ELSE '' END,
         3 DESC, 4 DESC, 2
"""
_CHILDREN = f"""
{_STEPS}
SELECT u.step, count(DISTINCT k.child_id)::int AS children
FROM step s
JOIN person_child k ON k.person_id = s.person_id
CROSS JOIN LATERAL (VALUES ('referred', 1, s.is_referred), ('reached', 2, s.is_reached),
                           ('completed', 3, s.is_completed)) u (step, place, is_taken)
WHERE u.is_taken
GROUP BY u.step, u.place ORDER BY u.place
"""
