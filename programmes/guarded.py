"""How each table of people, programmes, referrals and orders is guarded."""

from programmes.catalogue.tables import Agency, Programme, ProgrammeVersion
from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own
from programmes.common.tables import ImportBatch, ImportedRow
from programmes.contacts.tables import ContactEntry
from programmes.facts.tables import Fact
from programmes.orders.tables import (
    Breach,
    BreachMove,
    Order,
    OrderChange,
    OrderCondition,
    OrderKind,
    OrderWording,
)
from programmes.people.tables import (
    Assignment,
    Child,
    Cover,
    Exclusion,
    Person,
    PersonChild,
    Team,
    TeamMember,
)
from programmes.referrals.tables import Referral, ReferralMove, SuitabilityDecision

_P = Resource.PERSON
_MINE = "person_id IN (SELECT auth.own_people())"
_MINE_OR_NEW = f"({_MINE} OR auth.person_is_new(person_id))"

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
        mutable=("year_of_birth", "lives_with"),
        bridge=("id",),
    ),
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
    Guarded(ReferralMove, _P, check=_MINE_OR_NEW),
    Guarded(
        SuitabilityDecision,
        Resource.SUITABILITY,
        bridge=("id", "referral_id", "outcome", "reason_code", "decided_on", "recorded_at"),
    ),
    Guarded(OrderKind, Resource.CATALOGUE, own=Own.NOBODY, bridge=("id", "code", "name", "law")),
    Guarded(
        Order,
        Resource.ORDERS,
        mutable=(
            "served_at",
            "hearing_at",
            "ends_on",
            "issued_by",
            "notified_at",
            "status",
            "version",
        ),
        bridge=(
            "id",
            "person_id",
            "kind_id",
            "kind",
            "made_on",
            "served_at",
            "hearing_at",
            "ends_on",
            "arrested_at",
            "offence_on",
            "notified_at",
            "follows_id",
            "status",
        ),
    ),
    Guarded(
        OrderCondition,
        Resource.ORDERS,
        mutable=("ends_on",),
        bridge=("id", "order_id", "person_id", "kind"),
    ),
    Guarded(OrderChange, Resource.ORDERS),
    Guarded(
        OrderWording,
        Resource.ORDER_WORDING,
        insert_as=((Resource.ORDERS, Verb.CREATE), (Resource.ORDER_WORDING, Verb.CREATE)),
    ),
    Guarded(
        Breach,
        Resource.BREACH,
        check=_MINE,
        mutable=("stage", "arrested_at", "court_at", "response", "sanction", "version"),
        bridge=(
            "id",
            "order_id",
            "person_id",
            "event_id",
            "occurred_at",
            "arrested_at",
            "court_at",
            "stage",
            "created_at",
        ),
    ),
    Guarded(BreachMove, Resource.BREACH, check=_MINE),
    Guarded(
        Fact,
        Resource.TASK,
        mutable=("reacted_at",),
        bridge=("id", "person_id", "kind", "about_id", "step", "happened_at", "recorded_at"),
    ),
    Guarded(ContactEntry, Resource.CONTACT),
)
