"""Referrals, every change of their status, and the decisions on suitability."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.catalogue.entry_words import Answer, EntryEffect
from programmes.catalogue.tables import Agency, Programme, ProgrammeVersion
from programmes.common.columns import (
    Privacy,
    day,
    document,
    flag,
    instant,
    key,
    loose_id,
    number,
    one_of,
    refers_to,
    rule,
    secret_bytes,
    text,
    text_list,
    version,
)
from programmes.common.db import WORK
from programmes.common.tables import Account
from programmes.people.tables import Person
from programmes.referrals.intake_words import LawfulBasis, LegalRegime
from programmes.referrals.suitability_words import Met, ToldBy
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


class ReferralDetail(Table, db=WORK, tablename="referral_detail"):
    """The law a referral stands on, its route's own deadlines, needs, free times, and venues that
    the order as served keeps them from (ids of the rooms' venues)."""

    id = key()
    referral_id: ForeignKey[Referral] = refers_to(Referral)
    person_id: ForeignKey[Person] = refers_to(Person)
    legal_regime = text(Privacy.RECORD)
    controller = text(Privacy.RECORD)
    lawful_basis = text(Privacy.RECORD)
    may_be_told = text_list(Privacy.RECORD)
    worker_email = text(Privacy.OTHERS, null=True)
    deadline_on = day(Privacy.HIS, null=True)
    prosecution_limit_on = day(Privacy.HIS, null=True)
    needs = text_list(Privacy.HIS)
    needs_note = text(Privacy.FREE, null=True)
    free_times = text_list(Privacy.HIS)
    cannot_attend = text_list(Privacy.OTHERS)
    recorded_at = instant(Privacy.RECORD)
    consent_withdrawn_at = instant(Privacy.RECORD, null=True)
    consent_withdrawn_by = loose_id(Privacy.RECORD, null=True)
    referral_detail_once = Unique([referral_id])
    known_regime = one_of("legal_regime", LegalRegime)
    known_basis = one_of("lawful_basis", LawfulBasis)
    basis_of_regime = rule(
        "(legal_regime = 'dpa 2018 part 3') = (lawful_basis = 'law enforcement task') "
        "OR lawful_basis = 'consent'"
    )
    withdrawn_whole = rule(
        "(consent_withdrawn_at IS NULL) = (consent_withdrawn_by IS NULL) "
        "AND (consent_withdrawn_at IS NULL OR lawful_basis = 'consent')"
    )


class ReferralDraft(Table, db=WORK, tablename="referral_draft"):
    """A referral that somebody is still writing: theirs alone, one open for each person."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    person_id: ForeignKey[Person] = refers_to(Person, null=True)
    answers = document(Privacy.FREE)
    begun_at = instant(Privacy.RECORD)
    saved_at = instant(Privacy.RECORD)
    referral_id: ForeignKey[Referral] = refers_to(Referral, null=True)
    discarded_at = instant(Privacy.RECORD, null=True)
    version = version()


class ReferralRequest(Table, db=WORK, tablename="referral_request"):
    """A referral that a program sent, by its key, so that sending it again adds nothing."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    idempotency_key = text(Privacy.RECORD)
    body_hash = secret_bytes(Privacy.KEY)
    referral_id: ForeignKey[Referral] = refers_to(Referral)
    sent_at = instant(Privacy.RECORD)
    referral_request_once = Unique([account_id, idempotency_key])


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
    override_reason = text(Privacy.FREE, null=True)
    asked_by = loose_id(Privacy.RECORD, null=True)
    two_people = rule(
        "(override_reason IS NULL) = (asked_by IS NULL) "
        "AND (asked_by IS NULL OR asked_by <> decided_by)"
    )
    known_outcome = one_of("outcome", Outcome)
    known_reason = one_of("reason_code", ReasonCode)
    has_reason = rule("outcome = 'suitable' OR reason_code IS NOT NULL")


class SuitabilityFinding(Table, db=WORK, tablename="suitability_finding"):
    """One criterion of a decision, as it was asked, answered and judged that day."""

    id = key()
    decision_id: ForeignKey[SuitabilityDecision] = refers_to(SuitabilityDecision)
    person_id: ForeignKey[Person] = refers_to(Person)
    criterion = text(Privacy.RECORD)
    asked = text(Privacy.RECORD)
    effect = text(Privacy.RECORD)
    answer = text(Privacy.HIS)
    met = text(Privacy.HIS)
    note = text(Privacy.FREE, null=True)
    finding_once = Unique([decision_id, criterion])
    known_effect = one_of("effect", EntryEffect)
    known_answer = one_of("answer", Answer)
    known_met = one_of("met", Met)


class SuitabilityOverride(Table, db=WORK, tablename="suitability_override"):
    """Somebody asks that a person be found suitable all the same; a second person settles it."""

    id = key()
    referral_id: ForeignKey[Referral] = refers_to(Referral)
    person_id: ForeignKey[Person] = refers_to(Person)
    programme_version_id: ForeignKey[ProgrammeVersion] = refers_to(ProgrammeVersion)
    answers = document(Privacy.FREE)
    against = text_list(Privacy.FREE)
    note = text(Privacy.FREE, null=True)
    reason = text(Privacy.FREE)
    referral_version = number(Privacy.KEY)
    asked_by = loose_id(Privacy.RECORD)
    asked_at = instant(Privacy.RECORD)
    settled_by = loose_id(Privacy.RECORD, null=True)
    settled_at = instant(Privacy.RECORD, null=True)
    is_agreed = flag(Privacy.RECORD, null=True)
    settled_whole = rule(
        "(settled_at IS NULL) = (settled_by IS NULL) AND (settled_at IS NULL) = (is_agreed IS NULL)"
    )
    two_people = rule("settled_by IS NULL OR settled_by <> asked_by OR NOT is_agreed")


class OutcomeTold(Table, db=WORK, tablename="outcome_told"):
    """What the referrer is told of a decision, word for word: never why."""

    id = key()
    decision_id: ForeignKey[SuitabilityDecision] = refers_to(SuitabilityDecision)
    referral_id: ForeignKey[Referral] = refers_to(Referral)
    person_id: ForeignKey[Person] = refers_to(Person)
    words = text(Privacy.RECORD)
    told_at = instant(Privacy.RECORD)
    outcome_told_once = Unique([decision_id])


class ReferrerTold(Table, db=WORK, tablename="referrer_told"):
    """That somebody was told an outcome, by which way, and when. Appended, never altered."""

    id = key()
    outcome_told_id: ForeignKey[OutcomeTold] = refers_to(OutcomeTold)
    person_id: ForeignKey[Person] = refers_to(Person)
    way = text(Privacy.RECORD)
    whom = text(Privacy.OTHERS)
    told_at = instant(Privacy.RECORD)
    told_by = loose_id(Privacy.RECORD)
    known_way = one_of("way", ToldBy)
    referrer_told_once = Unique([outcome_told_id, way, whom])
