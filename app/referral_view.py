"""A referral in words: what was sent, and what it stands on."""

from typing import Any

from app import present
from app.components import Cell, Fact
from app.labels import label, tag
from programmes.referrals.detail_queries import ReferralDetails
from programmes.referrals.queries import ReferralFacts
from programmes.referrals.words import RiskLevel, Route


def sent_facts(found: ReferralFacts, details: ReferralDetails | None) -> list[Fact]:
    contact = {True: "Yes", False: "No", None: "Not known"}[found.contact_with_child]
    facts = [
        Fact("Programme", found.programme_name),
        Fact("Status", Cell(tag=tag(found.status))),
        Fact("Received", present.long_date(found.received_on)),
        Fact("Referred by", found.agency),
        Fact("Referring worker", _worker(found, details)),
        Fact("Route", label(Route(found.route))),
        Fact("Risk level", Cell(tag=tag(RiskLevel(found.risk_level)))),
        Fact("Regular contact with a child aged 0 to 16", contact),
    ]
    return facts + (_dates(details) if details else [])


def _worker(found: ReferralFacts, details: ReferralDetails | None) -> str:
    email = details.worker_email if details else None
    return ", ".join(part for part in (found.referring_worker, email) if part) or "Not recorded"


def _dates(details: ReferralDetails) -> list[Fact]:
    named = (
        ("Last day of the caution, order or licence", details.deadline_on),
        ("Prosecution time limit", details.prosecution_limit_on),
    )
    return [Fact(name, present.long_date(on)) for name, on in named if on]


def plan_facts(details: ReferralDetails) -> list[Fact]:
    """What somebody who plans a group needs, and what the law asks to be known."""
    return [
        Fact("Needs", _list([label(one) for one in details.needs])),
        Fact("More about these", details.needs_note or "Nothing more"),
        Fact("Can come on", _list([one.capitalize() for one in details.free_times], "Not known")),
        Fact("Kept from venues by the order, as served", _list(details.cannot_attend)),
        Fact("Law", label(details.legal_regime)),
        Fact("Lawful basis", label(details.lawful_basis)),
        Fact("Controller", details.controller),
        Fact("May be told the outcome", _list([label(one) for one in details.may_be_told])),
    ]


def _list(items: list[str], nothing: str = "None") -> Any:
    return items or nothing
