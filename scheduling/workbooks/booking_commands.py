"""Takes rooms, staff and participants for the sessions of a programme book that are to come."""

from collections.abc import Sequence

from programmes.common.db import Row, fetch
from scheduling.workbooks.import_work import ImportWork

_WANTED = """
WITH coming AS (
    SELECT s.id, s.cohort_id, s.room_id, s.starts_at, s.ends_at FROM session s
    WHERE s.cohort_id = ANY($1) AND s.starts_at > $2 AND s.status = 'planned'),
wanted AS (
    SELECT id AS session_id, cohort_id, 'room' AS kind, room_id AS what, starts_at, ends_at
    FROM coming
    UNION ALL
    SELECT c.id, c.cohort_id, 'staff', f.account_id, c.starts_at, c.ends_at
    FROM coming c JOIN cohort_staff f ON f.cohort_id = c.cohort_id AND f.until_on IS NULL
    UNION ALL
    SELECT c.id, c.cohort_id, 'participant', e.person_id, c.starts_at, c.ends_at
    FROM coming c JOIN enrolment e ON e.cohort_id = c.cohort_id AND e.status = 'enrolled')
SELECT w.* FROM wanted w
WHERE NOT EXISTS (
    SELECT FROM booking b WHERE b.session_id = w.session_id AND b.kind = w.kind
      AND b.what = w.what AND b.released_at IS NULL)
ORDER BY w.starts_at, w.session_id, w.kind, w.what
"""
_BOOK = """
INSERT INTO booking (id, session_id, cohort_id, kind, what, starts_at, ends_at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[],
                     $6::timestamptz[], $7::timestamptz[])
ON CONFLICT DO NOTHING
RETURNING 1
"""


async def book_what_is_to_come(work: ImportWork) -> int:
    """How many could not be taken, because something else stands there at that time.

    What was held already takes nothing: history may clash, and is kept.
    """
    wanted = await fetch(_WANTED, list(work.cohorts.values()), work.now)
    if not wanted:
        return 0
    columns = ("session_id", "cohort_id", "kind", "what", "starts_at", "ends_at")
    taken: Sequence[Row] = await fetch(
        _BOOK,
        [work.new_id() for _ in wanted],
        *([row[column] for row in wanted] for column in columns),
    )
    return len(wanted) - len(taken)
