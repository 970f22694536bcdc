"""How the tables of outcomes that lie in the programme side's database are guarded."""

from outcomes.notices.tables import Notice
from outcomes.releases.tables import Release
from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own

_PUBLISHED_UNLESS_PREPARING = (
    "published_at IS NOT NULL OR (SELECT auth.scope('release', 'create')) IS NOT NULL"
)

GUARDED = (
    Guarded(Notice, Resource.NOTICE, bridge_insert=True),
    Guarded(
        Release,
        Resource.RELEASE,
        own=Own.NOBODY,
        mutable=("prepared_by", "published_at", "published_by"),
        also=_PUBLISHED_UNLESS_PREPARING,
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
            "prepared_by",
            "published_at",
        ),
        bridge_insert=True,
    ),
)
