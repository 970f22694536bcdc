"""Contacts with the referrer that a programme asks for: made and missing."""

from datetime import datetime
from uuid import UUID

import msgspec

from programmes.common.db import fetch_as
from programmes.common.permissions import must
from programmes.common.staff import Actor
from programmes.contacts.queries import READ_CONTACTS


class ReferrerContacts(msgspec.Struct, frozen=True):
    """On one live place: contacts with the referrer that the version asks for, and those made.

    One with nobody reached is no contact.
    """

    person_id: UUID
    person_name: str
    person_reference: str
    programme: str
    cohort_id: UUID
    cohort_reference: str
    last_on: datetime
    needed: int
    made: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.made)


async def referrer_contacts(
    actor: Actor, *, person_id: UUID | None = None
) -> list[ReferrerContacts]:
    """Of one person, or of everybody whom this person works with; the most missing first."""
    must(actor, READ_CONTACTS)
    return await fetch_as(ReferrerContacts, _REFERRER, person_id)


_REFERRER = """
SELECT * FROM (
    SELECT e.person_id, p.first_name || ' ' || p.last_name AS person_name,
           p.reference AS person_reference, g.name AS programme, c.id AS cohort_id,
           c.reference AS cohort_reference,
           (c.last_on::timestamp AT TIME ZONE 'Europe/London') AS last_on,
           (v.rules->'also_required'->>'referrer_contacts')::int AS needed,
           (SELECT count(*)::int FROM contact_entry k WHERE k.person_id = e.person_id
            AND k.with_whom = 'referrer' AND k.was_reached
            AND k.happened_at >= (e.enrolled_on::timestamp AT TIME ZONE 'Europe/London')) AS made
    FROM enrolment e
    JOIN person p ON p.id = e.person_id
    JOIN cohort c ON c.id = e.cohort_id
    JOIN programme g ON g.id = e.programme_id
    JOIN programme_version v ON v.id = e.programme_version_id
    WHERE (e.status IN ('enrolled', 'paused') OR $1::uuid IS NOT NULL)
      AND (c.status IN ('planned', 'running') OR $1::uuid IS NOT NULL)
      AND ($1::uuid IS NULL OR e.person_id = $1)
      AND ((SELECT auth.scope('contact', 'read')) = 'all'
           OR e.person_id IN (SELECT auth.own_people()))
) r WHERE needed > 0 ORDER BY needed - made DESC, last_on, person_name
"""
