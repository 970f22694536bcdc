"""How each table of cohorts, sessions and attendance is guarded."""

from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own
from scheduling.attendance.evening_tables import (
    Concern,
    Participation,
    SessionNote,
    UnlistedArrival,
)
from scheduling.attendance.tables import (
    AbsenceEvidence,
    Acceptability,
    AttendanceMark,
    LastLook,
    MarkCorrection,
    Register,
)
from scheduling.cohorts.tables import (
    Closure,
    Cohort,
    CohortPause,
    CohortStaff,
    Enrolment,
    EnrolmentMove,
    Interpreter,
    Room,
    StaffAccreditation,
    StaffLeave,
    StaffProfile,
    Venue,
)
from scheduling.placement.tables import BusyTime, KeptApart, NotOffered
from scheduling.sessions.tables import (
    Appointment,
    Booking,
    CalendarFeed,
    SeriesChange,
    Session,
)

_C = Resource.COHORTS
_SIGNED_OFF_UNLESS_OPEN = (
    "signed_off_at IS NOT NULL OR (SELECT auth.scope('open-register', 'read')) IS NOT NULL"
)
_OF_MY_TEAM = (
    "programme_id IN (SELECT p.id FROM programme p JOIN team t ON t.programme_code = p.code "
    "WHERE t.id IN (SELECT auth.own_teams()))"
)

_MINE = "person_id IN (SELECT auth.own_people())"
_IN_A_GROUP_I_RUN = "cohort_id IN (SELECT auth.run_cohorts())"
# An open register is marked by whoever runs the group; a signed-off mark may be corrected by
# whoever has the person as well.
_MARK_TO_ADD = f"({_IN_A_GROUP_I_RUN} OR (agreed_by = (SELECT auth.uid()) AND {_MINE}))"
_MARK_TO_CHANGE = f"({_IN_A_GROUP_I_RUN} OR (signed_off_at IS NOT NULL AND {_MINE}))"
# Who came unlisted, and what worries, is answered by whoever decides who is suitable.
_DECIDES = f"((SELECT auth.scope('suitability', 'write')) IS NOT NULL AND {_IN_A_GROUP_I_RUN})"
_SUITABILITY = ((Resource.SUITABILITY, Verb.WRITE),)
_NOTES_OF_GROUPS_I_RUN = f"(SELECT auth.scope('notes', 'read')) = 'all' OR {_IN_A_GROUP_I_RUN}"

GUARDED = (
    Guarded(
        Venue,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        mutable=("name", "postcode_district"),
        bridge=("id", "name"),
    ),
    Guarded(
        Room,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        mutable=("name", "seats"),
        bridge=("id", "venue_id", "name", "code"),
    ),
    Guarded(Closure, Resource.CATALOGUE, own=Own.NOBODY, mutable=("withdrawn_at",)),
    Guarded(Interpreter, Resource.CATALOGUE, own=Own.NOBODY),
    Guarded(StaffProfile, Resource.CATALOGUE, own=Own.NOBODY, mutable=("sex", "languages")),
    Guarded(StaffAccreditation, Resource.CATALOGUE, own=Own.NOBODY, mutable=("withdrawn_at",)),
    Guarded(StaffLeave, Resource.CATALOGUE, own=Own.NOBODY, mutable=("withdrawn_at",)),
    Guarded(
        Cohort,
        _C,
        own=Own.COHORT,
        column="id",
        mutable=(
            "room_id",
            "capacity",
            "interpreter_language",
            "status",
            "first_on",
            "last_on",
            "slots",
            "version",
        ),
        insert_own=_OF_MY_TEAM,
        bridge=(
            "id",
            "reference",
            "programme_id",
            "programme_version_id",
            "status",
            "first_on",
            "last_on",
        ),
    ),
    Guarded(
        NotOffered,
        Resource.PLACEMENT,
        readable_columns=(
            "id",
            "person_id",
            "cohort_id",
            "venue_id",
            "from_on",
            "until_on",
            "given_on",
        ),
        bridge_insert=True,
    ),
    Guarded(
        KeptApart,
        Resource.ASSOCIATES,
        mutable=("withdrawn_at",),
        change_as=((Resource.ASSOCIATES, Verb.CREATE),),
    ),
    Guarded(BusyTime, _C, mutable=("withdrawn_at",)),
    Guarded(CohortPause, _C, own=Own.COHORT, column="cohort_id", mutable=("withdrawn_at",)),
    Guarded(CohortStaff, _C, own=Own.COHORT, column="cohort_id", mutable=("until_on",)),
    Guarded(
        Enrolment,
        _C,
        mutable=("status", "ended_on", "end_reason", "version"),
        insert_own=f"({_MINE} AND {_IN_A_GROUP_I_RUN})",
        change_own=f"({_MINE} AND {_IN_A_GROUP_I_RUN})",
        bridge=(
            "id",
            "person_id",
            "referral_id",
            "cohort_id",
            "programme_id",
            "programme_version_id",
            "status",
            "enrolled_on",
            "ended_on",
            "end_reason",
        ),
    ),
    Guarded(EnrolmentMove, _C, bridge=("id", "enrolment_id", "person_id", "after", "moved_at")),
    Guarded(
        Session,
        _C,
        own=Own.COHORT,
        column="cohort_id",
        mutable=(
            "starts_at",
            "ends_at",
            "room_id",
            "module",
            "status",
            "cancelled_because",
            "facilitators",
            "interpreters",
            "version",
        ),
        bridge=("id", "cohort_id", "number", "module", "kind", "starts_at", "ends_at", "status"),
    ),
    Guarded(
        Booking,
        _C,
        own=Own.COHORT,
        column="cohort_id",
        mutable=("starts_at", "ends_at", "released_at"),
    ),
    Guarded(SeriesChange, _C, own=Own.COHORT, column="cohort_id", mutable=("undone_at",)),
    Guarded(Appointment, _C, mutable=("given_up_at",)),
    Guarded(CalendarFeed, _C, own=Own.MYSELF, column="account_id", mutable=("revoked_at",)),
    Guarded(
        Register,
        Resource.OPEN_REGISTER,
        own=Own.COHORT,
        column="cohort_id",
        read_as=((Resource.ATTENDANCE, Verb.READ),),
        mutable=("signed_off_at", "signed_off_by", "version"),
        bridge=("id", "session_id", "signed_off_at"),
    ),
    Guarded(
        AttendanceMark,
        Resource.ATTENDANCE,
        mutable=("is_current", "signed_off_at"),
        insert_as=((Resource.OPEN_REGISTER, Verb.WRITE), (Resource.ATTENDANCE, Verb.APPEND)),
        insert_own=_MARK_TO_ADD,
        change_own=_MARK_TO_CHANGE,
        also=_SIGNED_OFF_UNLESS_OPEN,
        bridge=(
            "id",
            "session_id",
            "enrolment_id",
            "person_id",
            "code",
            "is_there",
            "is_current",
            "held_at",
            "signed_off_at",
        ),
    ),
    Guarded(
        MarkCorrection,
        Resource.ATTENDANCE,
        mutable=("settled_at", "settled_by", "outcome"),
        insert_as=((Resource.ATTENDANCE, Verb.APPEND),),
    ),
    Guarded(Acceptability, Resource.ACCEPTABILITY, mutable=("is_current",)),
    Guarded(
        AbsenceEvidence,
        Resource.ACCEPTABILITY,
        insert_as=((Resource.ACCEPTABILITY, Verb.CLAIM), (Resource.ACCEPTABILITY, Verb.WRITE)),
    ),
    Guarded(
        LastLook,
        Resource.ATTENDANCE,
        mutable=("looked_at",),
        insert_as=((Resource.ATTENDANCE, Verb.READ),),
        also="account_id = (SELECT auth.uid())",
        audited=False,
    ),
    Guarded(
        UnlistedArrival,
        Resource.OPEN_REGISTER,
        own=Own.COHORT,
        column="cohort_id",
        mutable=("settled_at", "settled_by", "settlement"),
        change_as=_SUITABILITY,
        change_own=_DECIDES,
        also=f"(SELECT auth.scope('open-register', 'read')) = 'all' OR {_IN_A_GROUP_I_RUN}",
    ),
    Guarded(
        SessionNote,
        Resource.NOTES,
        own=Own.COHORT,
        column="cohort_id",
        mutable=("is_current",),
        also=_NOTES_OF_GROUPS_I_RUN,
    ),
    Guarded(
        Participation,
        Resource.NOTES,
        mutable=("is_current",),
        insert_own=_IN_A_GROUP_I_RUN,
        change_own=_IN_A_GROUP_I_RUN,
    ),
    Guarded(
        Concern,
        Resource.NOTES,
        mutable=("answered_at", "answered_by", "answer"),
        insert_own=_IN_A_GROUP_I_RUN,
        change_as=_SUITABILITY,
        change_own=_DECIDES,
    ),
)
