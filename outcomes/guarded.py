"""How the tables of outcomes that lie in the programme side's database are guarded."""

from outcomes.notices.tables import Notice
from outcomes.releases.tables import Release
from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own

GUARDED = (
    Guarded(Notice, Resource.NOTICE, bridge_insert=True),
    Guarded(
        Release,
        Resource.RELEASE,
        own=Own.NOBODY,
        mutable=("published_at", "published_by"),
        insert_as=((Resource.RELEASE, Verb.CREATE),),
        bridge=(
            "id",
            "title",
            "profile",
            "period_from",
            "period_until",
            "tables",
            "hash",
            "computed_at",
            "published_at",
        ),
        bridge_insert=True,
    ),
)
