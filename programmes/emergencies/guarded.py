"""How records of emergencies are guarded: added by one function, looked at by managers."""

from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own
from programmes.emergencies.tables import EmergencyOpening

OF_EMERGENCIES = (
    Guarded(
        EmergencyOpening,
        Resource.EMERGENCY,
        own=Own.MYSELF,
        column="account_id",
        insert_own="false",
        mutable=("seen_at", "seen_by", "seen_words"),
        change_own="false",
        change_as=((Resource.EMERGENCY, Verb.APPROVE),),
    ),
)
