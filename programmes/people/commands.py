"""Adding a person, and saying whose he is."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import execute, insert
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.references import new_reference
from programmes.common.staff import Actor
from programmes.people.rules import name_key
from programmes.people.tables import Person
from programmes.people.words import PersonId, Sex

CREATE_PERSON = Permission(Resource.PERSON, Verb.CREATE)
YOUNGEST = 10


class NewPerson(msgspec.Struct, frozen=True):
    first_name: str
    last_name: str
    date_of_birth: date
    sex: Sex
    ethnic_group: str | None = None
    first_language: str | None = None
    interpreter_needed: bool = False
    postcode_district: str | None = None


async def add_person(new: NewPerson, *, actor: Actor, now: datetime) -> PersonId:
    """Whoever adds him takes him on. Raises Invalid for an age that cannot be."""
    await begin(actor, CREATE_PERSON, "add-person")
    _refuse_impossible_age(new.date_of_birth, london_date(now))
    person_id = PersonId(new_id(now))
    await insert(
        Person,
        id=person_id,
        reference=new_reference("P", person_id),
        name_key=name_key(new.first_name, new.last_name),
        created_at=now,
        **msgspec.structs.asdict(new),
    )
    await assign(person_id, account_id=actor.account_id, actor=actor, now=now)
    return person_id


async def assign(
    person_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    account_id: UUID | None = None,
    team_name: str | None = None,
) -> None:
    """Puts him on the caseload of one account, or of a team. Being there already is no change."""
    await begin(actor, CREATE_PERSON, "assign-person")
    today = london_date(now)
    await execute(
        """
        INSERT INTO assignment (id, person_id, account_id, team_id, from_on)
        SELECT $1, $2, $3, (SELECT id FROM team WHERE name = $4), $5
        WHERE ($3::uuid IS NOT NULL OR EXISTS (SELECT FROM team WHERE name = $4))
          AND NOT EXISTS (
            SELECT FROM assignment a WHERE a.person_id = $2 AND a.until_on IS NULL
            AND (a.account_id = $3 OR a.team_id = (SELECT id FROM team WHERE name = $4)))
        """,
        new_id(now),
        person_id,
        account_id,
        team_name,
        today,
    )


def _refuse_impossible_age(born: date, today: date) -> None:
    if born >= today:
        raise Invalid({"date_of_birth": "The date of birth must be in the past."})
    if today.year - born.year < YOUNGEST:
        raise Invalid(
            {"date_of_birth": f"Nobody under {YOUNGEST} is referred. Check the year of birth."}
        )
    if today.year - born.year > 110:
        raise Invalid({"date_of_birth": "Check the year of birth: it is over 110 years ago."})
