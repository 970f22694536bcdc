"""Setting the service's own standard. What stood before stands for the time that it stood."""

from datetime import date, datetime

from programmes.catalogue.around_tables import ServiceStandard
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import insert
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor
from programmes.referrals.waiting_rules import Standard

SET_STANDARD = Permission(Resource.CATALOGUE, Verb.WRITE)


async def set_standard(standard: Standard, *, source: str, actor: Actor, now: datetime) -> None:
    """Raises Invalid for a day that is over: clocks are not judged anew."""
    await begin(actor, SET_STANDARD, "set-standard", reason=source)
    _refuse_past(standard.valid_from, london_date(now))
    await insert(
        ServiceStandard,
        id=new_id(now),
        days_to_decision=standard.days_to_decision,
        days_to_first_contact=standard.days_to_first_contact,
        valid_from=standard.valid_from,
        source=source,
        entered_at=now,
        entered_by=actor.account_id,
    )


def _refuse_past(valid_from: date, today: date) -> None:
    if valid_from < today:
        raise Invalid({"valid_from": "A standard begins today or later, never in the past."})
