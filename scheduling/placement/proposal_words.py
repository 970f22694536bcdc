"""A proposal for one programme as a page shows it: who goes where and why, and who does not."""

from uuid import UUID

from msgspec import Struct


class Asked(Struct, frozen=True, kw_only=True):
    """What was pinned and forbidden, and whether to suppose one more group."""

    pinned: tuple[tuple[UUID, UUID], ...] = ()
    forbidden: tuple[tuple[UUID, UUID], ...] = ()
    one_more: bool = False


class Proposed(Struct, frozen=True, kw_only=True):
    """One person's place. `is_pinned`: a person decided it, not the proposal."""

    referral_id: UUID
    person_id: UUID
    name: str
    cohort_id: UUID | None
    group: str
    why: tuple[str, ...]
    warnings: tuple[str, ...]
    is_pinned: bool


class Refusal(Struct, frozen=True, kw_only=True):
    """Somebody without a place: each reason, and the groups that it holds for."""

    referral_id: UUID
    person_id: UUID
    name: str
    reasons: tuple[tuple[str, tuple[str, ...]], ...]


class Moved(Struct, frozen=True, kw_only=True):
    """What pinning, forbidding or one more group changes for somebody."""

    name: str
    before: str
    after: str


class Proposal(Struct, frozen=True, kw_only=True):
    """Worth and bound in points; `hash` must be sent back to have it applied as shown."""

    programme: str
    proposed: tuple[Proposed, ...]
    refused: tuple[Refusal, ...]
    changed: tuple[Moved, ...]
    objective: int
    bound: int
    proven: bool
    seconds: float
    note: str
    hash: str
