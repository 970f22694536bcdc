"""Opening a record in an emergency, and looking afterwards at whether it was one."""

from datetime import date, datetime
from uuid import UUID

from programmes.common.audit import begin
from programmes.common.db import execute, fetch_value
from programmes.common.errors import Conflict, Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

OPEN_IN_EMERGENCY = Permission(Resource.EMERGENCY, Verb.CREATE)
LOOK_AT_EMERGENCIES = Permission(Resource.EMERGENCY, Verb.APPROVE)
SHORTEST_REASON = 15
FOUND_NOBODY = "found-nobody-in-emergency"
"""What the audit calls a try that found nobody: managers read who tries names, and how often."""
MOST_GUESSES = 5
_NOBODY = (
    "No record has this surname and date of birth, or more than one has: add the reference. "
    "Nothing was opened. In immediate danger call 999."
)
_TOO_MANY = (
    "Five tries within an hour found nobody. Ask a manager, who sees every record. "
    "In immediate danger call 999."
)


async def open_in_emergency(
    *, surname: str, born: date, reference: str, reason: str, actor: Actor, now: datetime
) -> UUID:
    """Whose record it is. It may be read, not written, for one hour by the database's clock.

    Raises Invalid for a reason that says nothing; Refused, always in the same words, where there
    is no such record, or none that this person could ever see.
    """
    await begin(actor, OPEN_IN_EMERGENCY, "open-in-emergency", reason=reason.strip())
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid({"reason": "Say in a sentence who is in danger and why you need the record"})
    found: UUID | None = await fetch_value(
        "SELECT auth.open_in_emergency($1, $2, $3, $4, $5)",
        new_id(now),
        surname.strip(),
        born,
        reference.strip().upper(),
        reason.strip(),
    )
    if found is None:
        raise Refused(_NOBODY)
    return found


async def refuse_guesses(actor: Actor) -> None:
    """Raises Refused where they have named nobody on record five times within the hour."""
    must(actor, OPEN_IN_EMERGENCY)
    found = await fetch_value(
        "SELECT count(*) FROM audit.entry WHERE account_id = $1 AND act = $2 "
        "AND at > now() - interval '1 hour'",
        actor.account_id,
        FOUND_NOBODY,
    )
    if found >= MOST_GUESSES:
        raise Refused(_TOO_MANY)


async def look_at_emergency(opening_id: UUID, words: str, *, actor: Actor, now: datetime) -> None:
    """A manager has read why. Raises Conflict where another one had already."""
    await begin(actor, LOOK_AT_EMERGENCIES, "look-at-emergency")
    changed = await execute(
        "UPDATE emergency_opening SET seen_at = $2, seen_by = $3, seen_words = $4 "
        "WHERE id = $1 AND seen_at IS NULL",
        opening_id,
        now,
        actor.account_id,
        words.strip(),
    )
    if changed:
        return
    said = await fetch_value("SELECT seen_words FROM emergency_opening WHERE id = $1", opening_id)
    if said is None:
        raise NotFound
    raise Conflict("Another manager has looked at this.", current={"words": said})
