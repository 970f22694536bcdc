"""Adding an agency to the directory."""

from datetime import datetime
from uuid import UUID

from programmes.catalogue.tables import Agency
from programmes.common.audit import begin
from programmes.common.db import execute, fetch_value, insert
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor

ADD_AGENCY = Permission(Resource.PERSON, Verb.CREATE)


async def add_agency(name: str, *, kind: str, actor: Actor, now: datetime) -> UUID:
    """Raises Invalid for a name that is there already, however it is written."""
    await begin(actor, ADD_AGENCY, "add-agency")
    await execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 11))", name.casefold())
    if await fetch_value("SELECT 1 FROM agency WHERE lower(name) = lower($1)", name):
        raise Invalid({"name": "This agency is in the directory already."})
    agency_id = new_id(now)
    await insert(Agency, id=agency_id, name=name, kind=kind)
    return agency_id
