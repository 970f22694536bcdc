"""What a referral says beyond who and for what: the law it stands on, needs, and free times."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from programmes.people.words import Sex
from programmes.referrals.words import RiskLevel, Route


class LegalRegime(StrEnum):
    """Under which law the referral's data are held: competent authorities may choose Part 3."""

    UK_GDPR = "uk gdpr"
    LAW_ENFORCEMENT = "dpa 2018 part 3"


class LawfulBasis(StrEnum):
    PUBLIC_TASK = "public task"
    LEGAL_OBLIGATION = "legal obligation"
    VITAL_INTERESTS = "vital interests"
    CONSENT = "consent"
    LAW_ENFORCEMENT_TASK = "law enforcement task"


class Told(StrEnum):
    """Who may be told the outcome."""

    REFERRER = "referrer"
    PROBATION = "probation"
    POLICE = "police"
    SOCIAL_WORK = "social work"
    COURT = "court"
    HEALTH = "health"


class Need(StrEnum):
    HOUSING = "housing"
    WORK = "work"
    MENTAL_HEALTH = "mental health"
    SUBSTANCES = "substances"
    LITERACY = "literacy"
    DISABILITY = "disability"
    NEURODIVERSITY = "neurodiversity"
    RELIGION = "religion"
    WORK_PATTERN = "work pattern"
    CHILDCARE = "childcare"
    TRANSPORT = "transport"


class PartOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FREE_TIMES = tuple(f"{day} {part}" for day in WEEKDAYS for part in PartOfDay)
"""A day of the week and a part of it: "monday evening"."""


class YesNoNotSaid(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_SAID = "prefer not to say"


NOT_SAID = "prefer not to say"


class Equality(Struct, frozen=True, kw_only=True):
    """As they say it themselves; None where nobody asked, "prefer not to say" where they did."""

    religion: str | None = None
    disability: YesNoNotSaid | None = None
    sexual_orientation: str | None = None


class IntakeDetails(Struct, frozen=True, kw_only=True):
    """`deadline_on` is the caution's, order's or licence's own last day. `prosecution_limit_on`
    is the last day on which the original offence can still be prosecuted."""

    legal_regime: LegalRegime
    controller: str
    lawful_basis: LawfulBasis
    may_be_told: tuple[Told, ...] = ()
    worker_email: str | None = None
    deadline_on: date | None = None
    prosecution_limit_on: date | None = None
    needs: tuple[Need, ...] = ()
    needs_note: str | None = None
    free_times: tuple[str, ...] = ()
    cannot_attend: tuple[UUID, ...] = ()


class SomebodyReferred(Struct, frozen=True, kw_only=True):
    """Somebody who is not on record."""

    first_name: str
    last_name: str
    date_of_birth: date
    sex: Sex
    postcode_district: str | None = None
    first_language: str | None = None
    interpreter_needed: bool = False
    ethnic_group: str | None = None


class Intake(Struct, frozen=True, kw_only=True):
    """One referral as it was sent, by whichever way. `person` is an id where he is on record."""

    person: SomebodyReferred | UUID
    programme_code: str
    agency_id: UUID
    received_on: date
    route: Route
    risk_level: RiskLevel
    referring_worker: str | None = None
    contact_with_child: bool | None = None
    children_born: tuple[int, ...] = ()
    equality: Equality = Equality()
    source_ref: str | None = None
    details: IntakeDetails
