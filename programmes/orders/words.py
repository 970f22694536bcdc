"""Protective orders: the words in which their law, their conditions and their breaches are told."""

from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

import msgspec

OrderId = NewType("OrderId", UUID)
BreachId = NewType("BreachId", UUID)
KindCode = NewType("KindCode", str)
ClockKind = NewType("ClockKind", str)

ENGLAND_AND_WALES = "England and Wales"


class Basis(StrEnum):
    """How far a rule is known: checked against a source, or common practice (editable)."""

    CHECKED = "V"
    PRACTICE = "K"


class InForce(StrEnum):
    """A planned kind is held so that opening it is a form; no order can be entered under it."""

    YES = "in force"
    PLANNED = "planned"


class Authority(StrEnum):
    """Who makes an instrument, or extends it."""

    CUSTODY_OFFICER = "custody-officer"
    INSPECTOR = "inspector"
    SUPERINTENDENT = "superintendent"
    COURT = "court"
    COURT_AGAIN = "court-again"
    AUTHORISED_PERSON = "authorised-person"
    PROSECUTOR = "prosecutor"
    FAMILY_COURT = "family-court"
    SECRETARY_OF_STATE = "secretary-of-state"


AUTHORITY_NAMES = {
    Authority.CUSTODY_OFFICER: "a custody officer",
    Authority.INSPECTOR: "an inspector",
    Authority.SUPERINTENDENT: "a superintendent",
    Authority.COURT: "a court",
    Authority.COURT_AGAIN: "a court that extends again",
    Authority.AUTHORISED_PERSON: "a constable or other authorised person",
    Authority.PROSECUTOR: "a prosecutor",
    Authority.FAMILY_COURT: "the family court",
    Authority.SECRETARY_OF_STATE: "the Secretary of State",
}


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"


class FirstDay(StrEnum):
    """Which day a period in days or months begins with."""

    COUNTS = "the day itself counts"
    NEXT_DAY = "begins with the day after"
    LEFT_OUT = "runs after the day"


class RunsFrom(StrEnum):
    """What sets a clock going."""

    SERVICE = "service of the paper"
    ARREST = "the arrest"
    MAKING = "the making of the order"
    OFFENCE = "the offence"
    STATEMENT = "the first statement or recorded interview"


class ClockStop(StrEnum):
    """What must have happened, or what happens by itself, when the clock runs out."""

    HEARING = "hearing"
    COURT_AFTER_ARREST = "court after arrest"
    END = "end"
    NOTIFICATION = "notification"
    PROSECUTION = "prosecution"


class ClockState(StrEnum):
    RUNNING = "running"
    OVERDUE = "overdue"
    MET = "met"
    IN_DOUBT = "met on one reading of the law only"
    MISSED = "missed"


class Ends(StrEnum):
    ON_A_DATE = "on its own date"
    AT_HEARING = "when the application is decided"
    DATE_OR_FURTHER_ORDER = "on its own date, or until further order"


class BreachNature(StrEnum):
    """What a breach is in law. It belongs to the instrument, not to the behaviour."""

    NO_OFFENCE = "a power of arrest, not an offence"
    CIVIL_CONTEMPT = "civil contempt"
    CRIMINAL_OFFENCE = "a criminal offence"
    ORIGINAL_OFFENCE = "prosecution of the original offence"
    PENALTY = "a financial penalty"
    RECALL = "recall to prison"
    RETURN_TO_COURT = "return to court"
    NONE = "nothing: it carries no conditions"


class HeardBy(StrEnum):
    """Who decides whether there was a breach."""

    COURT = "court"
    ISSUER = "those who gave it"
    NOBODY = "nobody"


class Sanction(StrEnum):
    REMAND = "remand"
    DAILY_SUM = "sum for each day"
    SUM = "single sum"
    CUSTODY = "custody"
    FINE = "fine"
    COMMUNITY_SENTENCE = "community sentence"
    BAIL_WITHDRAWN = "bail withdrawn or changed"
    PROSECUTION = "prosecution"
    PENALTY = "financial penalty"
    RECALL = "recall"
    WARNING = "warning"
    ORDER_CHANGED = "order made harder or revoked"
    NO_ACTION = "no further action"


class ConditionKind(StrEnum):
    NO_CONTACT = "no contact"
    NO_MOLESTATION = "no molestation or abuse"
    NO_EVICTION = "not to evict or exclude"
    EXCLUSION_ZONE = "exclusion zone"
    NAMED_PREMISES = "named premises"
    CURFEW = "curfew"
    OTHER_PROHIBITION = "other prohibition"
    LEAVE_PREMISES = "leave premises"
    RESIDENCE = "residence"
    REPORTING = "reporting"
    PROGRAMME_ATTENDANCE = "programme attendance"
    TAG = "electronic monitoring"
    OTHER_REQUIREMENT = "other requirement"


PROHIBITIONS = frozenset(
    {
        ConditionKind.NO_CONTACT,
        ConditionKind.NO_MOLESTATION,
        ConditionKind.NO_EVICTION,
        ConditionKind.EXCLUSION_ZONE,
        ConditionKind.NAMED_PREMISES,
        ConditionKind.CURFEW,
        ConditionKind.OTHER_PROHIBITION,
    }
)
REQUIREMENTS = frozenset(ConditionKind) - PROHIBITIONS
ANY_CONDITION = tuple(ConditionKind)


class OrderStatus(StrEnum):
    """That an order has run out is told by its end date, not by a status."""

    LIVE = "live"
    VARIED = "varied"
    DISCHARGED = "discharged"
    REPLACED = "replaced"
    REFUSED = "refused"


BINDING = frozenset({OrderStatus.LIVE, OrderStatus.VARIED})


class BreachStage(StrEnum):
    ALLEGED = "alleged"
    ARRESTED = "arrested"
    BEFORE_COURT = "before court"
    ADMITTED = "admitted"
    PROVED = "proved"
    NOT_PROVED = "not proved"
    WITHDRAWN = "withdrawn"


ESTABLISHED = frozenset({BreachStage.ADMITTED, BreachStage.PROVED})
"""The only stages that may be counted as a breach that happened. Alleged never is."""


class Reason(msgspec.Struct, frozen=True):
    """Why something is refused: the field it stands beside, the words, and the rule's source."""

    field: str
    message: str
    source: str

    def __str__(self) -> str:
        return f"{self.message} ({self.source})"


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """The lengths open to one authority, ends included; `usual` is meant where nobody says.

    None: the law sets no minimum, or no maximum.
    """

    shortest: int | None
    longest: int | None
    source: str
    usual: int | None = None
    authority: Authority | None = None


class ClockLaw(msgspec.Struct, frozen=True, kw_only=True):
    """What starts a clock, how long it runs, on which calendar, and the section that says so.

    `valid_from` is compared with the day that starts the clock.
    """

    kind: ClockKind
    stops: ClockStop
    name: str
    runs_from: RunsFrom
    unit: Unit
    first_day: FirstDay
    calendar: str
    valid_from: date
    basis: Basis
    source: str
    tiers: tuple[Tier, ...]


class SanctionLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A sanction that the instrument allows, and the most that it may be, in words."""

    sanction: Sanction
    at_most: str = ""


class KindVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One dated version of the law of one kind of instrument in one area.

    `source` is the power to make it; `breach_source` what follows a breach; `ages_from` the
    youngest age at which it may be made; `tag_months` the longest electronic monitoring. How
    long it may last is the clock that stops at its end; with none, the law sets no length.
    """

    code: KindCode
    number: int
    area: str
    valid_from: date
    name: str
    short_name: str
    source: str
    basis: Basis
    authorised_by: tuple[Authority, ...]
    ends: Ends
    breach: BreachNature
    breach_source: str
    heard_by: HeardBy
    sanctions: tuple[SanctionLimit, ...]
    conditions: tuple[ConditionKind, ...]
    conditions_source: str
    clocks: tuple[ClockLaw, ...] = ()
    may_follow: tuple[KindCode, ...] = ()
    can_be_extended: bool = True
    arrest_power: bool = True
    names_responsible_person: bool = False
    ages_from: int | None = None
    tag_months: int | None = None
    in_force: InForce = InForce.YES
