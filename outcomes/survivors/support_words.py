"""What a worker does for her beside asking: telling, offering, knowing where things are held."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.words import ChangeKind


class Told(StrEnum):
    """What came of a piece of news. Once it is settled, the head start is used."""

    TOLD = "told"
    NOT_SAFE = "not safe to tell"
    NOT_WANTED = "does not want to hear"


class Answer(StrEnum):
    """What she said to an offer of support. No answer is a fact, and no refusal."""

    WAITING = "no answer yet"
    TAKEN_UP = "taken up"
    NOT_NOW = "not now"


class HeldKind(StrEnum):
    """What another service's system holds, so that nobody types it again."""

    SAFETY_PLAN = "safety plan"
    MARAC_MINUTES = "marac minutes"
    CASE_FILE = "case file"
    COURT_PAPERS = "court papers"


class AssignedAs(StrEnum):
    SUPPORT = "support"
    COVER = "cover"


class NewsKey(Struct, frozen=True):
    """One piece of news about one link; what was settled of it is settled for good."""

    link_id: UUID
    kind: ChangeKind
    on: date
    about: str
    source_id: UUID


class Held(Struct, frozen=True, kw_only=True):
    """`where` is unsealed; None where her key was destroyed."""

    id: UUID
    kind: HeldKind
    where: str | None
    made_on: date
    review_on: date | None
    ended_on: date | None


class Offer(Struct, frozen=True, kw_only=True):
    """IDVA support offered beside an order, and what came of it."""

    id: UUID
    link_id: UUID
    order_id: UUID | None
    offered_on: date
    answer: Answer
    answered_on: date | None


class Assigned(Struct, frozen=True):
    """Who supports her, or stands in, and from when to when."""

    account_id: UUID
    name: str
    kind: AssignedAs
    from_on: date
    until_on: date | None


class Place(Struct, frozen=True, kw_only=True):
    """Where an order keeps him away from. It is known on her side alone."""

    id: UUID
    order_id: UUID
    place: str | None
    recorded_at: datetime
    ended_on: date | None


class VetoRow(Struct, frozen=True, kw_only=True):
    """`reason` is unsealed; None where her key was destroyed. `holds_until` once it crossed."""

    id: UUID
    link_id: UUID
    cohort_id: UUID | None
    venue_id: UUID | None
    reason: str | None
    from_on: date
    ended_on: date | None
    holds_until: date | None


class DueVeto(Struct, frozen=True, kw_only=True):
    """What goes across today: about whom, and where. Nothing else is in it."""

    id: UUID
    survivor_id: UUID
    person_id: UUID
    cohort_id: UUID | None
    venue_id: UUID | None
