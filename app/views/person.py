"""What surrounds every page about one person: the identity bar, and the way between pages."""

from datetime import date
from uuid import UUID

from app import present
from app.labels import tag
from app.web.components import Identity, NavItem, Tag
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.common.staff import Actor
from programmes.people.queries import PersonFacts
from programmes.referrals.words import RiskLevel

_PARTS = (
    ("Overview", "", Resource.PERSON),
    ("Attendance", "/attendance", Resource.ATTENDANCE),
    ("Orders and bail", "/orders", Resource.ORDERS),
    ("Notices", "/notices", Resource.NOTICE),
    ("Statements", "/statements", Resource.ATTENDANCE),
    ("Contacts", "/contacts", Resource.CONTACT),
    ("Reminders", "/reminders", Resource.PERSON),
    ("Not in one group with", "/associates", Resource.ASSOCIATES),
    ("Timeline", "/timeline", Resource.PERSON),
)


def identity_of(facts: PersonFacts, *, status: Tag, today: date) -> Identity:
    years = age(facts.date_of_birth, today)
    risk = Tag("Risk not set") if facts.risk_level is None else tag(RiskLevel(facts.risk_level))
    return Identity(
        name=facts.name,
        reference=facts.reference,
        href=f"/people/{facts.id}",
        born=f"{present.long_date(facts.date_of_birth)}, aged {years}",
        risk=risk,
        status=status,
        warnings=_warnings(facts),
    )


def _warnings(facts: PersonFacts) -> tuple[str, ...]:
    joined = f"Joined to {facts.merged_reference}: work on that record"
    said = (
        ("Interpreter needed", facts.interpreter_needed),
        (joined, bool(facts.merged_reference)),
    )
    return tuple(words for words, is_so in said if is_so)


def parts_of(actor: Actor, person_id: UUID, current: str) -> tuple[NavItem, ...]:
    """The pages about this person that the asking person may open; `current` is a part's name."""
    return tuple(
        NavItem(name, f"/people/{person_id}{path}", is_current=name == current)
        for name, path, resource in _PARTS
        if may(actor, Permission(resource, Verb.READ))
    )


def age(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
