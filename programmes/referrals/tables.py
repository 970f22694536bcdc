"""Referrals, every change of their status, and the decisions on suitability."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.catalogue.tables import Agency, Programme, ProgrammeVersion
from programmes.common.columns import (
    Privacy,
    day,
    flag,
    instant,
    key,
    loose_id,
    one_of,
    refers_to,
    rule,
    text,
    version,
)
from programmes.common.db import WORK
from programmes.people.tables import Person
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus, RiskLevel, Route


class Referral(Table, db=WORK, tablename="referral"):
    """A request that somebody join a programme, and where it stands."""

    id = key()
    reference = text(Privacy.RECORD, unique=True)
    source_ref = text(Privacy.KEY, null=True, unique=True)
    person_id: ForeignKey[Person] = refers_to(Person)
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    agency_id: ForeignKey[Agency] = refers_to(Agency)
    referring_worker = text(Privacy.OTHERS, null=True)
    received_on = day(Privacy.RECORD, index=True)
    route = text(Privacy.RECORD)
    risk_level = text(Privacy.RECORD)
    contact_with_child = flag(Privacy.HIS, null=True)
    status = text(Privacy.RECORD, index=True)
    created_at = instant(Privacy.RECORD)
    created_by = loose_id(Privacy.RECORD)
    version = version()
    known_route = one_of("route", Route)
    known_risk = one_of("risk_level", RiskLevel)
    known_status = one_of("status", ReferralStatus)


class ReferralMove(Table, db=WORK, tablename="referral_move"):
    """One change of a referral's status. Appended, never altered."""

    id = key()
    referral_id: ForeignKey[Referral] = refers_to(Referral)
    person_id: ForeignKey[Person] = refers_to(Person)
    before = text(Privacy.RECORD, null=True)
    after = text(Privacy.RECORD)
    moved_at = instant(Privacy.RECORD)
    moved_by = loose_id(Privacy.RECORD)
    reason = text(Privacy.FREE, null=True)
    known_after = one_of("after", ReferralStatus)


class SuitabilityDecision(Table, db=WORK, tablename="suitability_decision"):
    """Suitable, not suitable or closed: decided by whom, when, why, and under which version."""

    id = key()
    referral_id: ForeignKey[Referral] = refers_to(Referral)
    person_id: ForeignKey[Person] = refers_to(Person)
    programme_version_id: ForeignKey[ProgrammeVersion] = refers_to(ProgrammeVersion)
    outcome = text(Privacy.RECORD)
    reason_code = text(Privacy.RECORD, null=True)
    note = text(Privacy.FREE, null=True)
    decided_on = day(Privacy.RECORD, index=True)
    decided_by = loose_id(Privacy.RECORD)
    recorded_at = instant(Privacy.RECORD)
    known_outcome = one_of("outcome", Outcome)
    known_reason = one_of("reason_code", ReasonCode)
    has_reason = rule("outcome = 'suitable' OR reason_code IS NOT NULL")
