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
from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own
from programmes.common.tables import ImportBatch, ImportedRow

_S = Resource.SURVIVOR
_MINE_OR_NOBODYS = (
    "(survivor_id IN (SELECT auth.own_survivors()) OR auth.survivor_is_unassigned(survivor_id))"
)

GUARDED = (
    Guarded(ImportBatch, Resource.IMPORT, own=Own.NOBODY),
    Guarded(
        ImportedRow,
        Resource.IMPORT,
        own=Own.NOBODY,
        mutable=("fingerprint", "batch_id"),
        insert_as=((Resource.IMPORT, Verb.CREATE),),
        audited=False,
    ),
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
    Guarded(
        Link,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("relationship", "unlinked_on"),
    ),
    Guarded(Consent, _S, own=Own.SURVIVOR, column="survivor_id"),
    Guarded(SafeContact, _S, own=Own.SURVIVOR, column="survivor_id"),
    Guarded(
        CheckIn,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("asked_on", "police_called"),
    ),
    Guarded(CheckInAnswer, _S, own=Own.SURVIVOR, column="survivor_id", mutable=("value",)),
)
