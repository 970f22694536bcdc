"""A referral in words: what was sent, and what it stands on."""

from datetime import date
from typing import Any

from msgspec import Struct

from app import present
from app.labels import label, tag
from app.web.components import Cell, Fact, Tag
from programmes.common.staff import Actor
from programmes.referrals.detail_queries import ReferralDetails
from programmes.referrals.queries import ReferralFacts
from programmes.referrals.suitability_queries import DecisionRow, Suitability
from programmes.referrals.waiting_queries import Clocks
from programmes.referrals.waiting_rules import Kept, Standard, kept
from programmes.referrals.words import Outcome, ReasonCode, RiskLevel, Route


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
        Fact("Lawful basis", _basis(details)),
        Fact("Controller", details.controller),
        Fact("May be told the outcome", _list([label(one) for one in details.may_be_told])),
    ]


def _basis(details: ReferralDetails) -> Cell:
    at, by = details.consent_withdrawn_at, details.consent_withdrawn_by
    if at is None:
        return Cell(label(details.lawful_basis))
    on = present.short_date_and_time(at)
    withdrawn = f"Withdrawn {on}, recorded by {by}" if by else f"Withdrawn {on}"
    return Cell(label(details.lawful_basis), note=withdrawn)


def _list(items: list[str], nothing: str = "None") -> Any:
    return items or nothing


class ShownSuitability(Struct, frozen=True):
    decisions: list[list[Fact]]
    findings: list[list[Any]]


class ShownOverride(Struct, frozen=True):
    against: list[str]
    facts: list[Fact]
    may_agree: bool


def suitability_view(found: Suitability) -> ShownSuitability:
    return ShownSuitability(
        [_decision(one) for one in found.decisions],
        [[one.asked, label(one.answer), Cell(tag=tag(one.met)), one.note or ""]
         for one in found.findings],
    )  # fmt: skip


def _decision(row: DecisionRow) -> list[Fact]:
    why = label(ReasonCode(row.reason_code)) if row.reason_code else "None needed"
    facts = [
        Fact("Decided", Cell(tag=tag(Outcome(row.outcome)))),
        Fact("On", present.long_date(row.decided_on)),
        Fact("By", row.decided_by or "The operator"),
        Fact("Criteria", f"Version {row.version}"),
        Fact("Reason", why),
        Fact("Note", row.note or "None"),
    ]
    if row.override_reason:
        facts.append(Fact("Suitable all the same because", row.override_reason))
        facts.append(Fact("Asked for by", row.asked_by or "Not known"))
    return facts


def override_view(found: Suitability, actor: Actor) -> ShownOverride | None:
    asked = found.override
    if asked is None:
        return None
    facts = [
        Fact("Asked by", asked.asked_by or "Not known"),
        Fact("On", present.short_date_and_time(asked.asked_at)),
        Fact("Because", asked.reason),
    ]
    return ShownOverride(list(asked.against), facts, asked.asked_by_id != actor.account_id)


def clock_facts(
    found: ReferralFacts, clocks: Clocks, standard: Standard, *, is_over: bool, today: date
) -> list[Fact]:
    """Time to decision and to first contact against the service's own standard."""
    named = (
        ("Time to decision", clocks.decided_on, standard.days_to_decision),
        ("Time to first contact", clocks.first_contact_on, standard.days_to_first_contact),
    )
    return [
        Fact(name, kept_words(kept(found.received_on, on, allowed=allowed, today=today), is_over))
        for name, on, allowed in named
    ]


def kept_words(one: Kept, is_over: bool) -> Cell:
    """9 days, within 14; or 20 days so far, later than the 14 that we allow."""
    if is_over and not one.is_over:
        return Cell("Not done before the referral ended")
    so_far = "" if one.is_over else " so far"
    days = present.count(one.days, "day")
    if one.is_breach:
        return Cell(
            f"{days}{so_far}, our standard is {one.allowed}", tag=Tag("Later than standard", "red")
        )
    return Cell(f"{days}{so_far}, within the {one.allowed} of our standard")
