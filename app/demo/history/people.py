"""Who was referred in earlier years, why, and what was decided."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Final
from uuid import UUID

from app.demo.context import DemoContext
from app.demo.history import names
from app.demo.history.rows import Rows, at_hour, days
from app.demo.people import CARA, CASE_OWNER, IOM, MANAGER, PROBATION
from programmes.catalogue.queries import StoredProgramme, StoredVersion
from programmes.people.rules import name_key
from programmes.people.tables import Assignment, Child, Person, PersonChild, PersonEquality
from programmes.people.words import LivesWith, Sex
from programmes.referrals.suitability_commands import STATUS_AFTER
from programmes.referrals.tables import Referral, ReferralMove, SuitabilityDecision
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus, RiskLevel, Route

TABLES: Final = (
    Person, Child, PersonChild, PersonEquality, Assignment, Referral, ReferralMove,
    SuitabilityDecision,
)  # fmt: skip
_PROBATION_ROUTES: Final = (Route.COMMUNITY_ORDER, Route.LICENCE, Route.FAMILY_COURT)
_SOCIAL_ROUTES: Final = (Route.CHILD_PROTECTION_PLAN, Route.CHILD_PROTECTION_PLAN, Route.VOLUNTARY)
_FROM: Final = {
    PROBATION: ("National Probation Service", _PROBATION_ROUTES),
    "gwen": ("National Probation Service", _PROBATION_ROUTES),
    "rory": ("National Probation Service", _PROBATION_ROUTES),
    CASE_OWNER: ("Children's Social Work Service", _SOCIAL_ROUTES),
    "tamsin": ("Children's Social Work Service", _SOCIAL_ROUTES),
    "idris": ("Children's Social Work Service", _SOCIAL_ROUTES),
    IOM: ("Integrated Offender Management", (Route.VOLUNTARY, Route.OTHER)),
    CARA: ("West Yorkshire Police", (Route.CONDITIONAL_CAUTION,)),
}
_OWNERS: Final = ("gwen", "tamsin", PROBATION, "idris", "rory", CASE_OWNER, "tamsin", IOM)
_ETHNIC: Final = (
    *("White British",) * 11, "Pakistani", "Pakistani", "White other", "White other",
    "Black African", "Black Caribbean", "Indian", "Bangladeshi", "Mixed White and Black Caribbean",
    "Other", "White Irish",
)  # fmt: skip
_RISKS: Final = (RiskLevel.MEDIUM,) * 5 + (RiskLevel.HIGH,) * 3 + (RiskLevel.VERY_HIGH,)
_RELIGIONS: Final = ("No religion", "Christian", "Muslim", "Sikh", "Prefer not to say")
_ON_A_CASELOAD_FOR: Final = days(240)


@dataclass(frozen=True)
class Referred:
    """Somebody as the past knows them, and when the referral came."""

    number: int
    person_id: UUID
    referral_id: UUID
    received_on: date


@dataclass
class Past:
    """What the past is written with: ids by name and code, and a chance that falls alike."""

    context: DemoContext
    rows: Rows
    agencies: dict[str, UUID]
    kinds: dict[str, UUID]
    programmes: dict[str, StoredProgramme]
    chance: Random
    people: int = 0

    def who(self, key: str) -> UUID:
        return self.context.accounts[key].account_id

    def version(self, code: str, day: date) -> StoredVersion:
        """The one in force, or the first: what came before it was kept by its rules."""
        found = self.programmes[code]
        begun = [one for one in found.versions if one.rules.valid_from <= day]
        return begun[-1] if begun else found.versions[0]


def refer(
    past: Past, code: str, received_on: date, *, status: ReferralStatus, sex: Sex = Sex.MALE
) -> Referred:
    """A person with one referral; whoever came lately is on somebody's caseload."""
    number, past.people = past.people, past.people + 1
    owner = CARA if code == "cara" else _OWNERS[number % len(_OWNERS)]
    at = at_hour(received_on, 9 + number % 8, number * 7 % 60)
    person_id = _person(past, number, at, sex)
    _assign(past, person_id, owner, at)
    agency, routes = _FROM[owner]
    referral_id = past.rows.add_named(
        Referral,
        at,
        "R",
        person_id=person_id,
        programme_id=past.programmes[code].id,
        agency_id=past.agencies[agency],
        received_on=received_on,
        route=routes[number % len(routes)],
        risk_level=RiskLevel.STANDARD if code == "cara" else past.chance.choice(_RISKS),
        contact_with_child=None if code == "cara" else True,
        status=status,
        created_at=at,
        created_by=past.who(owner),
    )
    referred = Referred(number, person_id, referral_id, received_on)
    move(past, referred, None, ReferralStatus.RECEIVED, at)
    return referred


def decide(
    past: Past, one: Referred, code: str, outcome: Outcome, reason: ReasonCode | None = None
) -> None:
    """After some days, each a few more or less."""
    on = min(one.received_on + days(3 + one.number % 19), past.context.today)
    at = at_hour(on, 10 + one.number % 6)
    past.rows.add(
        SuitabilityDecision,
        at,
        referral_id=one.referral_id,
        person_id=one.person_id,
        programme_version_id=past.version(code, on).id,
        outcome=outcome,
        reason_code=reason,
        decided_on=on,
        decided_by=past.who(MANAGER),
        recorded_at=at,
    )
    move(past, one, ReferralStatus.RECEIVED, STATUS_AFTER[outcome], at, reason=reason)


def move(
    past: Past,
    one: Referred,
    before: ReferralStatus | None,
    after: ReferralStatus,
    at: datetime,
    *,
    reason: str | None = None,
) -> None:
    past.rows.add(
        ReferralMove,
        at,
        referral_id=one.referral_id,
        person_id=one.person_id,
        before=before,
        after=after,
        moved_at=at,
        moved_by=past.who(MANAGER),
        reason=reason,
    )


def _person(past: Past, number: int, at: datetime, sex: Sex) -> UUID:
    first = names.woman(number) if sex is Sex.FEMALE else names.man(number)
    last = names.last_name(number)
    person_id = past.rows.add_named(
        Person,
        at,
        "P",
        first_name=first,
        last_name=last,
        name_key=name_key(first, last),
        date_of_birth=date(1968 + number * 11 % 32, 1 + number % 12, 1 + number * 5 % 28),
        sex=sex,
        ethnic_group=past.chance.choice(_ETHNIC),
        first_language="English",
        interpreter_needed=False,
        postcode_district=f"LS{1 + number * 13 % 28}",
        created_at=at,
    )
    _children(past, person_id, at, past.chance.choice((0, 1, 1, 2, 3)))
    if past.chance.random() < 0.6:
        _equality(past, person_id, at)
    return person_id


def _children(past: Past, person_id: UUID, at: datetime, count: int) -> None:
    for _ in range(count):
        born = at.year - past.chance.randrange(1, 15)
        home = past.chance.choice((LivesWith.MOTHER, LivesWith.MOTHER, LivesWith.GRANDPARENT))
        child_id = past.rows.add(Child, at, year_of_birth=born, lives_with=home)
        past.rows.add(PersonChild, at, person_id=person_id, child_id=child_id)


def _equality(past: Past, person_id: UUID, at: datetime) -> None:
    past.rows.add(
        PersonEquality,
        at,
        person_id=person_id,
        religion=past.chance.choice(_RELIGIONS),
        disability=past.chance.choice(("no", "no", "no", "yes", "prefer not to say")),
        said_at=at,
        recorded_by=past.who(MANAGER),
    )


def _assign(past: Past, person_id: UUID, owner: str, at: datetime) -> None:
    until = at.date() + _ON_A_CASELOAD_FOR
    past.rows.add(
        Assignment,
        at,
        person_id=person_id,
        account_id=past.who(owner),
        from_on=at.date(),
        until_on=until if until < past.context.today else None,
    )
