"""How the tables of outcomes that lie in the programme side's database are guarded."""

from outcomes.completion.tables import CompletionDecision, FinishLost
from outcomes.feedback.tables import FeedbackAnswers, FeedbackInvitation
from outcomes.messages.tables import ContactPoint, Message, TellingChoice
from outcomes.notices.tables import Notice, NoticeWaiting
from outcomes.releases.tables import PartnerFigure, Release, ReleaseCorrection
from outcomes.reports.tables import ProgrammeCost
from outcomes.statements.tables import Statement
from outcomes.subject_access.tables import (
    LegalHold,
    PersonErased,
    SubjectAccess,
    SubjectAccessClearance,
)
from outcomes.tasks.tables import ReactionRuleVersion, StayDecision, Task
from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own

_PUBLISHED_UNLESS_PREPARING = (
    "published_at IS NOT NULL OR (SELECT auth.scope('release', 'create')) IS NOT NULL"
)
# Whether somebody completed is decided by those who run the group.
_MINE_IN_A_GROUP_I_RUN = (
    "(person_id IN (SELECT auth.own_people()) AND cohort_id IN (SELECT auth.run_cohorts()))"
)
_RAISED_BY_ME = "raised_by = (SELECT auth.uid()) OR (SELECT auth.role_of()) = 'operator'"
_ACCESS = Resource.SUBJECT_ACCESS

GUARDED = (
    Guarded(
        CompletionDecision,
        Resource.COHORTS,
        mutable=("is_current",),
        insert_own=_MINE_IN_A_GROUP_I_RUN,
        change_own=_MINE_IN_A_GROUP_I_RUN,
        bridge=("id", "enrolment_id", "person_id", "outcome", "is_current", "decided_at"),
    ),
    Guarded(
        FinishLost,
        Resource.COHORTS,
        mutable=("over_at",),
        insert_own="false",
        change_own="false",
        bridge=("id", "enrolment_id", "person_id", "lost_on", "noticed_at", "over_at"),
    ),
    Guarded(
        FeedbackInvitation,
        Resource.COHORTS,
        mutable=("withdrawn_at",),
        insert_own=_MINE_IN_A_GROUP_I_RUN,
        change_own=_MINE_IN_A_GROUP_I_RUN,
    ),
    # Written by whoever holds an invitation, through a function of the database alone.
    Guarded(
        FeedbackAnswers,
        Resource.MANAGEMENT_REPORT,
        own=Own.NOBODY,
        readable_columns=("id",),
        insert_own="false",
        audited=False,
    ),
    Guarded(Notice, Resource.NOTICE),
    Guarded(
        NoticeWaiting,
        Resource.NOTICE,
        mutable=("raised_by", "raised_at", "recalled_at", "shown_at"),
        change_as=((Resource.NOTICE, Verb.CREATE),),
        also=_RAISED_BY_ME,
        bridge_insert=True,
        audited=False,
    ),
    Guarded(
        SubjectAccess,
        _ACCESS,
        mutable=(
            "status",
            "bundle",
            "left_out",
            "sent_at",
            "due_at",
            "released_at",
            "released_by",
            "version",
        ),
        insert_as=((_ACCESS, Verb.PREPARE), (_ACCESS, Verb.CREATE)),
        read_as=((_ACCESS, Verb.PREPARE),),
        change_as=((_ACCESS, Verb.RELEASE),),
        bridge=(
            "id",
            "reference",
            "person_id",
            "asked_on",
            "status",
            "bundle",
            "left_out",
            "sent_at",
            "due_at",
        ),
    ),
    # Read by the service itself alone, whom nobody can exclude.
    Guarded(
        SubjectAccessClearance,
        _ACCESS,
        bridge=("id", "request_id"),
        bridge_insert=True,
        excludes=False,
    ),
    Guarded(
        LegalHold,
        _ACCESS,
        mutable=("until_on",),
        insert_as=((_ACCESS, Verb.PREPARE), (_ACCESS, Verb.CREATE)),
        read_as=((_ACCESS, Verb.PREPARE),),
    ),
    Guarded(PersonErased, _ACCESS, read_as=((_ACCESS, Verb.PREPARE),)),
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
    Guarded(
        Task,
        Resource.TASK,
        mutable=(
            "status",
            "acknowledged_at",
            "acknowledged_by",
            "escalated_at",
            "done_at",
            "done_by",
            "note",
            "version",
        ),
    ),
    Guarded(
        ReactionRuleVersion,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        bridge=("code", "threshold", "valid_from"),
    ),
    Guarded(StayDecision, Resource.TASK),
    Guarded(ContactPoint, Resource.PERSON, mutable=("withdrawn_at",)),
    Guarded(
        Message,
        Resource.OUTBOX,
        own=Own.NOBODY,
        mutable=(
            "state",
            "attempts",
            "next_try_at",
            "lease_until",
            "lease_by",
            "provider_reference",
            "trouble",
            "sent_at",
            "settled_at",
            "settled_by",
            "version",
        ),
    ),
    Guarded(
        TellingChoice,
        Resource.TASK,
        own=Own.MYSELF,
        column="account_id",
        mutable=("choice", "chosen_at"),
    ),
    Guarded(Statement, Resource.ATTENDANCE, insert_as=((Resource.ATTENDANCE, Verb.READ),)),
)
