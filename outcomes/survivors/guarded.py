"""How each table of the survivor side is guarded."""

from outcomes.survivors.exclusion_tables import SurvivorExclusion
from outcomes.survivors.questionnaire_tables import QuestionnaireVersion
from outcomes.survivors.support_tables import (
    HeldElsewhere,
    HerMessage,
    Hold,
    IdvaOffer,
    NewsTold,
    ProtectedPlace,
    Veto,
    VetoHandedOver,
)
from outcomes.survivors.tables import (
    Attempt,
    CheckIn,
    CheckInAnswer,
    Consent,
    Dash,
    DataKey,
    Link,
    NoticeRequest,
    SafeContact,
    Survivor,
    WorkerAssignment,
)
from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own
from programmes.common.tables import ImportBatch, ImportedRow

_S = Resource.SURVIVOR
_COUNTED = ((Resource.SURVIVOR_REPORT, Verb.READ),)
"""The lead counts over everybody, and can open nobody: names and words are under keys."""
_MINE_OR_NEW = "(survivor_id IN (SELECT auth.own_survivors()) OR auth.survivor_is_new(survivor_id))"
_OF_A_MESSAGE = (
    "channel",
    "asked",
    "attempts",
    "expires_at",
    "state",
    "lease_until",
    "lease_by",
    "trouble",
    "provider_reference",
    "sent_at",
    "settled_at",
    "settled_by",
    "version",
)

GUARDED = (
    Guarded(QuestionnaireVersion, Resource.QUESTIONNAIRE, own=Own.NOBODY),
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
        mutable=("wrapped", "wrapped_with", "destroyed_at"),
        insert_own="true",
    ),
    Guarded(
        Survivor,
        _S,
        own=Own.SURVIVOR,
        column="id",
        mutable=("sealed_name", "version"),
        insert_own="true",
        read_as=_COUNTED,
    ),
    Guarded(
        WorkerAssignment,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("until_on",),
        insert_own=_MINE_OR_NEW,
        insert_as=((_S, Verb.CREATE), (Resource.USERS, Verb.APPROVE)),
        read_as=((Resource.USERS, Verb.APPROVE),),
    ),
    Guarded(
        SurvivorExclusion,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("until_on", "lifted_by"),
        change_own="false",
        insert_as=((_S, Verb.CREATE), (Resource.USERS, Verb.APPROVE)),
        read_as=((Resource.USERS, Verb.APPROVE),),
    ),
    Guarded(
        Link,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("relationship", "unlinked_on"),
        read_as=_COUNTED,
    ),
    Guarded(Consent, _S, own=Own.SURVIVOR, column="survivor_id", read_as=_COUNTED),
    Guarded(SafeContact, _S, own=Own.SURVIVOR, column="survivor_id"),
    Guarded(
        CheckIn,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("asked_on", "police_called"),
        read_as=_COUNTED,
    ),
    Guarded(
        CheckInAnswer,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("value",),
        read_as=_COUNTED,
    ),
    Guarded(Attempt, _S, own=Own.SURVIVOR, column="survivor_id", read_as=_COUNTED),
    Guarded(Dash, _S, own=Own.SURVIVOR, column="survivor_id"),
    Guarded(
        NoticeRequest,
        _S,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=(
            "status",
            "decided_at",
            "decided_by",
            "show_from_at",
            "notice_id",
            "sent_at",
            "reviewed_at",
            "reviewed_by",
            "version",
        ),
        read_as=((Resource.NOTICE, Verb.RELEASE),),
        change_as=((Resource.NOTICE, Verb.RELEASE),),
    ),
    *(
        Guarded(table, _S, own=Own.SURVIVOR, column="survivor_id", mutable=mutable)
        for table, mutable in (
            (NewsTold, ()),
            (IdvaOffer, ("answer", "answered_on")),
            (HeldElsewhere, ("ended_on",)),
            (Veto, ("ended_on",)),
            (VetoHandedOver, ()),
            (Hold, ("until_on",)),
            (HerMessage, _OF_A_MESSAGE),
        )
    ),
    Guarded(
        ProtectedPlace,
        Resource.PROTECTED_PLACE,
        own=Own.SURVIVOR,
        column="survivor_id",
        mutable=("ended_on",),
    ),
)
