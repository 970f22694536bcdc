"""Whether the audit's chain holds, and where it ends."""

from msgspec import Struct

from programmes.common.db import fetch, fetch_value, open_connection
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

_READ = {
    "work": Permission(Resource.AUDIT_WORK, Verb.READ),
    "survivor": Permission(Resource.AUDIT_SURVIVOR, Verb.READ),
}
_LONGEST_SECONDS = 3600


class ChainFault(Struct, frozen=True):
    """One place where the chain does not hold; 0 is outside of it."""

    position: int
    fault: str


class ChainHead(Struct, frozen=True):
    """The chain's last place and the hash that stands for everything before it."""

    position: int
    hash: str


BEGINNING = ChainHead(0, "")


async def chain_faults(actor: Actor) -> list[ChainFault]:
    """Every changed, removed or inserted entry. Reads the whole audit of this side."""
    must(actor, _READ[actor.side])
    await fetch_value("SELECT set_config('statement_timeout', '0', true)")
    rows = await open_connection().fetch(
        "SELECT position, fault FROM audit.faults() ORDER BY position, fault",
        timeout=_LONGEST_SECONDS,
    )
    return [ChainFault(row["position"], row["fault"]) for row in rows]


async def chain_head(actor: Actor) -> ChainHead:
    must(actor, _READ[actor.side])
    rows = await fetch(
        "SELECT position, encode(hash, 'hex') AS hash FROM audit.link "
        "ORDER BY position DESC LIMIT 1"
    )
    return ChainHead(rows[0]["position"], rows[0]["hash"]) if rows else BEGINNING


async def hash_at(position: int, *, actor: Actor) -> str | None:
    """The hash at a place of the chain; None where there is no such place any more."""
    must(actor, _READ[actor.side])
    found: str | None = await fetch_value(
        "SELECT encode(hash, 'hex') FROM audit.link WHERE position = $1", position
    )
    return found
