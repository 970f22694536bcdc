"""Programmes and their versions as data: the words in which a programme's rules are written."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from programmes.catalogue.entry_words import Checked, EntryRule
from programmes.common.staff import Role


class ProgrammeStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"
    CLOSING = "closing"
    RETIRED = "retired"


class StatusFacts(Struct, frozen=True, kw_only=True):
    """What a programme of this status does. To a planned one, a referral expresses a need."""

    takes_referrals: bool
    starts_cohorts: bool
    runs_cohorts: bool


_S = ProgrammeStatus

STATUS_FACTS = {
    _S.PLANNED: StatusFacts(takes_referrals=True, starts_cohorts=False, runs_cohorts=False),
    _S.OPEN: StatusFacts(takes_referrals=True, starts_cohorts=True, runs_cohorts=True),
    _S.PAUSED: StatusFacts(takes_referrals=True, starts_cohorts=False, runs_cohorts=True),
    _S.CLOSING: StatusFacts(takes_referrals=False, starts_cohorts=False, runs_cohorts=True),
    _S.RETIRED: StatusFacts(takes_referrals=False, starts_cohorts=False, runs_cohorts=False),
}


class StatusMove(Struct, frozen=True):
    """One allowed change of status: who may make it, and whether it needs a reason."""

    before: ProgrammeStatus
    after: ProgrammeStatus
    who: frozenset[Role]
    needs_reason: bool


_MANAGERS = frozenset({Role.MANAGER, Role.OPERATOR})

STATUS_MOVES: tuple[StatusMove, ...] = (
    StatusMove(_S.PLANNED, _S.OPEN, _MANAGERS, needs_reason=False),
    StatusMove(_S.PLANNED, _S.RETIRED, _MANAGERS, needs_reason=True),
    StatusMove(_S.OPEN, _S.PAUSED, _MANAGERS, needs_reason=True),
    StatusMove(_S.OPEN, _S.CLOSING, _MANAGERS, needs_reason=True),
    StatusMove(_S.PAUSED, _S.OPEN, _MANAGERS, needs_reason=False),
    StatusMove(_S.PAUSED, _S.CLOSING, _MANAGERS, needs_reason=True),
    StatusMove(_S.CLOSING, _S.OPEN, _MANAGERS, needs_reason=True),
    StatusMove(_S.CLOSING, _S.RETIRED, _MANAGERS, needs_reason=True),
)


class SessionKind(StrEnum):
    """An extra gives a session again, outside the numbered order."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    EXTRA = "extra"


class Source(Struct, frozen=True):
    """Where the value of one field of a version comes from."""

    field: str
    checked: Checked
    says: str


class Presence(StrEnum):
    """What a mark means for completion. What is not counted is owed again, by the service."""

    THERE = "there"
    NOT_THERE = "not there"
    NOT_COUNTED = "not counted"


class MarkCode(StrEnum):
    ATTENDED = "attended"
    LATE = "late"
    LEFT_EARLY = "left-early"
    SENT_HOME_BEHAVIOUR = "sent-home-behaviour"
    SENT_HOME_SERVICE = "sent-home-service"
    ABSENT = "absent"
    LATE_NOT_ADMITTED = "late-not-admitted"
    CANCELLED_BY_SERVICE = "cancelled-by-service"


class MarkAsks(StrEnum):
    """What the register asks for besides the mark."""

    NOTHING = "nothing"
    MINUTES = "minutes"
    CLAIMED_REASON = "claimed reason"
    NOTE = "note"


class MarkRule(Struct, frozen=True):
    """A mark that a register of this version offers. Whether an absence is acceptable is apart."""

    code: MarkCode
    label: str
    presence: Presence
    asks: MarkAsks = MarkAsks.NOTHING


class Module(Struct, frozen=True):
    """A block of the curriculum: sessions `first` to `last`, both included."""

    number: int
    title: str
    first: int
    last: int


class WeeksBetween(Struct, frozen=True):
    """Weeks from one workshop to the next, all three included in what is allowed."""

    least: int
    usual: int
    most: int


class GroupSize(Struct, frozen=True):
    least: int
    most: int


class Wish(StrEnum):
    NOT_ASKED = "not asked"
    SOUGHT = "sought"
    REQUIRED = "required"


class Staffing(Struct, frozen=True, kw_only=True):
    """`accreditation` is the code that a facilitator must hold on the day; None asks for none."""

    needed: int
    mixed_pair: Wish
    accreditation: str | None


class ClosedAfterSession(Struct, frozen=True, tag_field="rule", tag="closed after session"):
    """Nobody joins once this session has been held."""

    session: int


class WholeSeriesOnly(Struct, frozen=True, tag_field="rule", tag="whole series only"):
    """Everybody starts with the first session."""


class Rolling(Struct, frozen=True, tag_field="rule", tag="rolling"):
    """Anybody may join at any session."""


JoiningRule = ClosedAfterSession | WholeSeriesOnly | Rolling


class ShareAttended(Struct, frozen=True, tag_field="rule", tag="share attended"):
    """At least this many in a hundred of the version's sessions, rounded up to a whole session."""

    percent: int


class NumberAttended(Struct, frozen=True, tag_field="rule", tag="number attended"):
    """At least this many of the version's sessions."""

    least: int


class AllInOrder(Struct, frozen=True, tag_field="rule", tag="all in order"):
    """Every session of one and the same cohort, in order: miss one, repeat them all."""


CompletionRule = ShareAttended | NumberAttended | AllInOrder


class Deadline(StrEnum):
    """By when the version has to be finished for it to do its work."""

    NONE = "none"
    CAUTION = "caution"
    ORDER = "order or licence, if any"


class AlsoRequired(Struct, frozen=True, kw_only=True):
    """What goes with the sessions."""

    intake_interview: bool
    referrer_contacts: int
    partner_contact_by_another_worker: bool
    survivor_support_alongside: bool
    absence_goes_to_police: bool


class ProgrammeVersion(Struct, frozen=True, kw_only=True):
    """One dated set of rules of a programme. Everything that a rule asks is a field of this.

    `individual` names the sessions held one to one; each has a week of its own.
    `gap` is for workshops that stand weeks apart; None means every slot of the week.
    """

    programme: str
    number: int
    valid_from: date
    modules: tuple[Module, ...]
    individual: tuple[int, ...]
    minutes: int
    slots_a_week: int
    gap: WeeksBetween | None
    size: GroupSize
    staffing: Staffing
    single_sex: bool
    risk_levels: tuple[str, ...]
    joining: JoiningRule
    completion: CompletionRule
    marks: tuple[MarkRule, ...]
    entry: tuple[EntryRule, ...]
    also_required: AlsoRequired
    deadline: Deadline
    sources: tuple[Source, ...]


class Programme(Struct, frozen=True, kw_only=True):
    code: str
    name: str
    status: ProgrammeStatus
    versions: tuple[ProgrammeVersion, ...]


class SessionContent(Struct, frozen=True):
    """What a numbered session is about, wherever it falls."""

    number: int
    module: int
    kind: SessionKind
