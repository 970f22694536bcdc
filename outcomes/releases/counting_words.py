"""What is read on each side to count a release: bare facts, no name among them."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.completion.words import CompletionOutcome
from programmes.catalogue.words import MarkCode
from programmes.orders.words import BreachStage, KindVersion, OrderStatus


class ReferralFact(Struct, frozen=True, kw_only=True):
    """A referral received, or last decided on, in the period."""

    id: UUID
    programme: str
    agency_kind: str
    received_on: date
    outcome: str | None
    reason_code: str | None
    decided_on: date | None


class StartFact(Struct, frozen=True, kw_only=True):
    """The first time that somebody was there under one referral."""

    referral_id: UUID
    first_there_at: datetime
    received_on: date
    date_of_birth: date
    ethnic_group: str | None


class PlaceFact(Struct, frozen=True, kw_only=True):
    """A place in a group whose last session was held in the period.

    `decided` is what a named person made of it, where somebody did.
    """

    id: UUID
    referral_id: UUID
    person_id: UUID
    programme: str
    version_id: UUID
    decided: CompletionOutcome | None = None


class FollowFact(Struct, frozen=True, kw_only=True):
    """A place seen for 26 weeks from the day its group was due to finish (the landmark)."""

    id: UUID
    referral_id: UUID
    version_id: UUID
    decided: CompletionOutcome | None = None
    breached_before: bool
    breached_after: bool
    had_order: bool


class EndFact(Struct, frozen=True):
    """A place that ended before completion."""

    id: UUID
    end_reason: str


class MarkFact(Struct, frozen=True, kw_only=True):
    referral_id: UUID
    cohort_id: UUID
    number: int
    held_at: datetime
    code: MarkCode


class BreachFact(Struct, frozen=True):
    """A breach of a protection order that was not withdrawn."""

    event_id: UUID
    order_id: UUID
    stage: str


class ClockedFact(Struct, frozen=True, kw_only=True):
    """An order on which a deadline may have fallen due, with all that its clocks run from."""

    id: UUID
    law: KindVersion
    made_on: date
    status: OrderStatus
    ends_on: date | None
    served_at: datetime | None
    hearing_at: datetime | None
    arrested_at: datetime | None
    offence_on: date | None
    notified_at: datetime | None
    succeeded_on: date | None


class ArrestFact(Struct, frozen=True, kw_only=True):
    breach_id: UUID
    order_id: UUID
    arrested_at: datetime
    court_at: datetime | None
    stage: BreachStage


class WorkFacts(Struct, frozen=True, kw_only=True):
    """The programme side of one period."""

    received: list[ReferralFact]
    decided: list[ReferralFact]
    reached: list[UUID]
    started: list[StartFact]
    due: list[PlaceFact]
    marks: list[MarkFact]
    followed: list[FollowFact]
    followed_marks: list[MarkFact]
    ended: list[EndFact]
    children: dict[UUID, list[UUID]]
    orders_made: list[UUID]
    breaches: list[BreachFact]
    clocked: list[ClockedFact]
    arrests: list[ArrestFact]


class AskedFact(Struct, frozen=True, kw_only=True):
    """One linked survivor's own answers to the themes, at the start and at the end."""

    link_id: UUID
    person_id: UUID
    started_on: date | None
    at_start: dict[str, int]
    at_end: dict[str, int]
