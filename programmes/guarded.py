"""How each table of people, programmes, referrals and orders is guarded."""

from programmes.catalogue.around_tables import (
    Accreditation,
    Consultation,
    OnwardReferral,
    ProgrammeMove,
    ServiceStandard,
    Training,
)
from programmes.catalogue.tables import Agency, Programme, ProgrammeVersion
from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own
from programmes.common.tables import ImportBatch, ImportedRow
from programmes.contacts.tables import ContactEntry
from programmes.emergencies.guarded import OF_EMERGENCIES
from programmes.facts.tables import Fact
from programmes.orders.guarded import OF_ORDERS
from programmes.people.tables import (
    Assignment,
    Child,
    Cover,
    Exclusion,
    Person,
    PersonChild,
    PersonEquality,
    PersonMerge,
    Team,
    TeamMember,
)
from programmes.referrals.guarded_lists import OF_LISTS
from programmes.referrals.tables import (
    Referral,
    ReferralDetail,
    ReferralDraft,
    ReferralMove,
    ReferralRequest,
    SuitabilityDecision,
)
from programmes.tokens.tables import ApiToken, ApiTokenUse

_P = Resource.PERSON
_MINE = "person_id IN (SELECT auth.own_people())"
_BY_ME = "account_id = (SELECT auth.uid())"
_MINE_OR_NEW = f"({_MINE} OR auth.person_is_new(person_id))"

GUARDED = (
    *OF_LISTS,
    *OF_EMERGENCIES,
    Guarded(
        ApiToken,
        Resource.USERS,
        own=Own.NOBODY,
        mutable=("approved_at", "approved_by", "ended_at", "ended_because"),
        insert_as=((Resource.USERS, Verb.WRITE),),
        read_as=((Resource.USERS, Verb.APPROVE),),
        change_as=((Resource.USERS, Verb.APPROVE),),
        readable_columns=(
            "id",
            "account_id",
            "role",
            "name",
            "may_write",
            "asked_at",
            "asked_by",
            "expires_at",
            "approved_at",
            "approved_by",
            "ended_at",
            "ended_because",
        ),
    ),
    Guarded(
        ApiTokenUse,
        Resource.USERS,
        own=Own.NOBODY,
        insert_as=((Resource.USERS, Verb.WRITE),),
        read_as=((Resource.USERS, Verb.APPROVE),),
        audited=False,
    ),
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
        Person,
        _P,
        column="id",
        mutable=(
            "first_name",
            "last_name",
            "name_key",
            "date_of_birth",
            "sex",
            "ethnic_group",
            "first_language",
            "interpreter_needed",
            "postcode_district",
            "merged_into",
            "version",
        ),
        bridge=(
            "id",
            "reference",
            "source_ref",
            "first_name",
            "last_name",
            "name_key",
            "date_of_birth",
            "ethnic_group",
        ),
    ),
    Guarded(PersonChild, _P, check=_MINE_OR_NEW, bridge=("person_id", "child_id")),
    Guarded(
        Child,
        _P,
        own=Own.CHILD,
        column="id",
        insert_own="true",
        mutable=("year_of_birth", "lives_with"),
        bridge=("id",),
    ),
    Guarded(
        PersonMerge,
        _P,
        mutable=("undone_at", "undone_by", "undone_reason"),
        insert_as=((_P, Verb.WRITE),),
    ),
    Guarded(PersonEquality, _P, check=_MINE_OR_NEW),
    Guarded(Team, Resource.CATALOGUE, own=Own.NOBODY),
    Guarded(
        TeamMember,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        mutable=("until_on",),
        insert_as=((Resource.USERS, Verb.WRITE),),
    ),
    Guarded(Assignment, _P, mutable=("until_on",), check=_MINE_OR_NEW),
    Guarded(
        Cover,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        insert_as=((Resource.USERS, Verb.WRITE), (Resource.CATALOGUE, Verb.CREATE)),
    ),
    Guarded(Exclusion, _P, mutable=("until_on",), check=_MINE_OR_NEW, excludes=False),
    Guarded(
        Agency,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        insert_as=((Resource.CATALOGUE, Verb.CREATE), (_P, Verb.CREATE)),
        bridge=("id", "kind"),
    ),
    Guarded(
        Programme,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        mutable=("name", "status", "version"),
        bridge=("id", "code", "name", "status", "created_at", "version"),
    ),
    Guarded(ProgrammeMove, Resource.CATALOGUE, own=Own.NOBODY),
    Guarded(ServiceStandard, Resource.CATALOGUE, own=Own.NOBODY),
    Guarded(Accreditation, Resource.CATALOGUE, own=Own.NOBODY),
    Guarded(
        Consultation,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        insert_as=((Resource.CATALOGUE, Verb.CREATE), (Resource.CONTACT, Verb.CREATE)),
    ),
    Guarded(Training, Resource.CATALOGUE, own=Own.NOBODY),
    Guarded(
        OnwardReferral,
        Resource.CONTACT,
        check=_MINE,
        mutable=("outcome", "outcome_on"),
        insert_as=((Resource.CONTACT, Verb.CREATE),),
    ),
    Guarded(
        ProgrammeVersion,
        Resource.CATALOGUE,
        own=Own.NOBODY,
        bridge=("id", "programme_id", "number", "rules"),
    ),
    Guarded(
        Referral,
        _P,
        check=_MINE_OR_NEW,
        mutable=(
            "agency_id",
            "referring_worker",
            "route",
            "risk_level",
            "contact_with_child",
            "status",
            "version",
        ),
        bridge=("id", "person_id", "programme_id", "agency_id", "received_on", "status"),
    ),
    Guarded(
        ReferralDetail,
        _P,
        check=_MINE_OR_NEW,
        mutable=("consent_withdrawn_at", "consent_withdrawn_by"),
    ),
    Guarded(
        ReferralDraft,
        _P,
        own=Own.MYSELF,
        column="account_id",
        mutable=("answers", "saved_at", "referral_id", "discarded_at", "version"),
        insert_as=((_P, Verb.CREATE),),
        also=_BY_ME,
    ),
    Guarded(ReferralRequest, _P, own=Own.MYSELF, column="account_id", also=_BY_ME),
    Guarded(ReferralMove, _P, check=_MINE_OR_NEW),
    Guarded(
        SuitabilityDecision,
        Resource.SUITABILITY,
        bridge=("id", "referral_id", "outcome", "reason_code", "decided_on", "recorded_at"),
    ),
    *OF_ORDERS,
    Guarded(
        Fact,
        Resource.TASK,
        mutable=("reacted_at",),
        bridge=("id", "person_id", "kind", "about_id", "step", "happened_at", "recorded_at"),
    ),
    Guarded(ContactEntry, Resource.CONTACT),
)
