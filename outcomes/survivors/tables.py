"""The survivor side's own database. Holds a man's id without a foreign key."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from outcomes.notices.words import NOTICE_CODES
from outcomes.survivors.support_words import AssignedAs
from outcomes.survivors.words import (
    AttemptOutcome,
    Channel,
    ConsentKind,
    HighBecause,
    PoliceCalled,
    ReferredTo,
    RequestStatus,
    Source,
    Timepoint,
)
from programmes.common.columns import (
    Privacy,
    day,
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
    version,
)
from programmes.common.db import SURVIVOR
from programmes.common.tables import Account


class DataKey(Table, db=SURVIVOR, tablename="data_key"):
    """One survivor's data key, wrapped by a key that is not in the database."""

    id = key()
    wrapped = secret_bytes(Privacy.HERS, null=True)
    wrapped_with = text(Privacy.HERS)
    destroyed_at = instant(Privacy.HERS, null=True)


class Survivor(Table, db=SURVIVOR, tablename="survivor"):
    """A victim-survivor. Her name and everything written about her are under her data key."""

    id = key()
    reference = text(Privacy.HERS, unique=True)
    source_ref = text(Privacy.HERS, null=True, unique=True)
    data_key_id: ForeignKey[DataKey] = refers_to(DataKey)
    sealed_name = secret_bytes(Privacy.HERS, null=True)
    created_at = instant(Privacy.HERS)
    version = version()


class WorkerAssignment(Table, db=SURVIVOR, tablename="worker_assignment"):
    """Which worker supports her, dated."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    account_id: ForeignKey[Account] = refers_to(Account)
    kind = text(Privacy.HERS)
    from_on = day(Privacy.HERS)
    until_on = day(Privacy.HERS, null=True)
    given_by = loose_id(Privacy.HERS, null=True)
    known_kind = one_of("kind", AssignedAs)
    cover_ends = rule("kind <> 'cover' OR until_on IS NOT NULL")
    in_order = rule("until_on IS NULL OR until_on >= from_on")


class Link(Table, db=SURVIVOR, tablename="link"):
    """That this person harmed her. Ends, never disappears."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    person_id = loose_id(Privacy.HERS, index=True)
    relationship = text(Privacy.HERS)
    linked_on = day(Privacy.HERS)
    unlinked_on = day(Privacy.HERS, null=True)
    in_order = rule("unlinked_on IS NULL OR unlinked_on >= linked_on")


class Consent(Table, db=SURVIVOR, tablename="consent"):
    """One answer to one request for consent. The latest of its kind counts."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    kind = text(Privacy.HERS)
    is_given = flag(Privacy.HERS)
    answered_on = day(Privacy.HERS)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    known_kind = one_of("kind", ConsentKind)


class SafeContact(Table, db=SURVIVOR, tablename="safe_contact"):
    """How and when it is safe to reach her, sealed. The latest counts; stale ones block."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    sealed_details = secret_bytes(Privacy.HERS)
    reviewed_on = day(Privacy.HERS)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)


class CheckIn(Table, db=SURVIVOR, tablename="check_in"):
    """One time that she was asked how safe she is; always her own report."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    link_id: ForeignKey[Link] = refers_to(Link)
    timepoint = text(Privacy.HERS)
    asked_on = day(Privacy.HERS)
    questionnaire = text(Privacy.HERS)
    source = text(Privacy.HERS)
    police_called = text(Privacy.HERS)
    sealed_words = secret_bytes(Privacy.HERS, null=True)
    may_quote = flag(Privacy.HERS, default=False)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    known_timepoint = one_of("timepoint", Timepoint)
    known_source = one_of("source", Source)
    known_police = one_of("police_called", PoliceCalled)
    check_in_once = Unique([link_id, timepoint, source])


class CheckInAnswer(Table, db=SURVIVOR, tablename="check_in_answer"):
    """One answer: a theme from 1 to 5, or how often a kind of abuse happened from 0 to 4."""

    id = key()
    check_in_id: ForeignKey[CheckIn] = refers_to(CheckIn)
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    question = text(Privacy.HERS)
    value = number(Privacy.HERS)
    believable = rule("value BETWEEN 0 AND 5")
    check_in_answer_once = Unique([check_in_id, question])


class Attempt(Table, db=SURVIVOR, tablename="attempt"):
    """One try at reaching her, and what came of it."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    made_at = instant(Privacy.HERS)
    channel = text(Privacy.HERS)
    outcome = text(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    known_channel = one_of("channel", Channel)
    known_outcome = one_of("outcome", AttemptOutcome)


class Dash(Table, db=SURVIVOR, tablename="dash"):
    """A DASH by its result, and where the form itself is held. Nobody retypes the form."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    link_id: ForeignKey[Link] = refers_to(Link)
    assessed_on = day(Privacy.HERS)
    ticks = number(Privacy.HERS)
    is_high_risk = flag(Privacy.HERS)
    high_because = text(Privacy.HERS, null=True)
    referred_to = text(Privacy.HERS)
    referred_on = day(Privacy.HERS, null=True)
    held_where = text(Privacy.HERS)
    recorded_at = instant(Privacy.HERS)
    recorded_by = loose_id(Privacy.HERS)
    believable = rule("ticks BETWEEN 0 AND 24")
    known_because = one_of("high_because", HighBecause)
    known_referral = one_of("referred_to", ReferredTo)
    many_ticks_are_high = rule("is_high_risk OR ticks < 14")
    high_has_reason = rule("is_high_risk = (high_because IS NOT NULL)")
    referral_has_day = rule("(referred_to = 'nowhere') = (referred_on IS NULL)")


class NoticeRequest(Table, db=SURVIVOR, tablename="notice_request"):
    """A safety notice on its way across: raised by one, released by another, recalled or sent."""

    id = key()
    survivor_id: ForeignKey[Survivor] = refers_to(Survivor)
    person_id = loose_id(Privacy.HERS)
    code = text(Privacy.HERS)
    is_urgent = flag(Privacy.HERS)
    status = text(Privacy.HERS)
    raised_at = instant(Privacy.HERS)
    raised_by = loose_id(Privacy.HERS)
    decided_at = instant(Privacy.HERS, null=True)
    decided_by = loose_id(Privacy.HERS, null=True)
    show_from_at = instant(Privacy.HERS, null=True, index=True)
    notice_id = loose_id(Privacy.HERS, null=True)
    sent_at = instant(Privacy.HERS, null=True)
    reviewed_at = instant(Privacy.HERS, null=True)
    reviewed_by = loose_id(Privacy.HERS, null=True)
    version = version()
    known_code = one_of("code", NOTICE_CODES)
    known_status = one_of("status", RequestStatus)
    second_person = rule(
        "decided_by IS NULL OR status = 'recalled' OR decided_by <> raised_by "
        "OR (is_urgent AND decided_at >= raised_at + interval '30 minutes')"
    )
    reviewed_by_another = rule("reviewed_by IS NULL OR reviewed_by <> raised_by")
