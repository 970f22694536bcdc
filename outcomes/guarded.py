"""How the tables of outcomes that lie in the programme side's database are guarded."""

from outcomes.notices.tables import Notice
from outcomes.releases.tables import PartnerFigure, Release, ReleaseCorrection
from outcomes.reports.tables import ProgrammeCost
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
    Guarded(
        PartnerFigure,
        Resource.RELEASE,
        own=Own.NOBODY,
        mutable=("withdrawn_at", "withdrawn_by"),
        insert_as=((Resource.RELEASE, Verb.CREATE),),
        bridge=(
            "id",
            "measure",
            "what",
            "value",
            "from_on",
            "until_on",
            "source",
            "supplied_on",
            "entered_at",
            "withdrawn_at",
        ),
    ),
    Guarded(
        ReleaseCorrection,
        Resource.RELEASE,
        own=Own.NOBODY,
        insert_as=((Resource.RELEASE, Verb.CREATE),),
        bridge=("id", "release_id", "what", "corrected_on", "noted_at"),
    ),
    Guarded(
        ProgrammeCost,
        Resource.MANAGEMENT_REPORT,
        own=Own.NOBODY,
        mutable=("withdrawn_at", "withdrawn_by"),
        insert_as=((Resource.CATALOGUE, Verb.WRITE),),
    ),
)
