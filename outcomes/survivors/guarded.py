"""How each table of the survivor side is guarded."""

from outcomes.survivors.tables import (
    CheckIn,
    CheckInAnswer,
    Consent,
    DataKey,
    Link,
    SafeContact,
    Survivor,
    WorkerAssignment,
)
from programmes.common.permissions import Resource
from programmes.common.security.policies import Guarded, Own

_S = Resource.SURVIVOR
_MINE_OR_NOBODYS = (
    "(survivor_id IN (SELECT auth.own_survivors()) OR auth.survivor_is_unassigned(survivor_id))"
)

GUARDED = (
    Guarded(
        DataKey,
        _S,
        own=Own.KEY,
        column="id",
        mutable=("wrapped", "destroyed_at"),
        insert_own="true",
    ),
    Guarded(
        Survivor,
        _S,
        own=Own.SURVIVOR,
        column="id",
        mutable=("sealed_name", "version"),
        insert_own="true",
    ),
    Guarded(
        WorkerAssignment,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("until_on",),
        insert_own=_MINE_OR_NOBODYS,
    ),
    Guarded(Link, _S, own=Own.SURVIVOR, column="survivor_id", mutable=("unlinked_on",)),
    Guarded(Consent, _S, own=Own.SURVIVOR, column="survivor_id"),
    Guarded(SafeContact, _S, own=Own.SURVIVOR, column="survivor_id"),
    Guarded(CheckIn, _S, own=Own.SURVIVOR, column="survivor_id"),
    Guarded(CheckInAnswer, _S, own=Own.SURVIVOR, column="survivor_id"),
)
