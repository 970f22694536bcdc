"""Who had a place in a group of the past, how often they came, and what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import to_builtins

from app.demo.history.groups import Group, book
from app.demo.history.people import Past, Referred, decide, move, refer
from app.demo.history.rows import at_hour, days
from app.demo.people import MANAGER
from outcomes.completion.tables import CompletionDecision
from outcomes.completion.words import CompletionOutcome
from programmes.catalogue.progress_rules import progress
from programmes.catalogue.progress_words import MarkedSession, Progress
from programmes.catalogue.words import MarkCode
from programmes.common.ids import new_id
from programmes.contacts.tables import ContactEntry
from programmes.contacts.words import ContactHow, ContactWith
from programmes.referrals.words import Outcome, ReferralStatus
from scheduling.attendance.tables import Acceptability, AttendanceMark
from scheduling.cohorts.tables import Enrolment, EnrolmentMove
from scheduling.cohorts.words import EndReason, EnrolmentStatus

TABLES: Final = (
    Enrolment, EnrolmentMove, AttendanceMark, Acceptability, CompletionDecision, ContactEntry,
)  # fmt: skip
_CONTACTS: Final = 3
_CLAIMED: Final = ("illness", "work", "childcare", "court", None)
_ACCEPTED: Final = ("illness", "childcare", "court")
_WHY_ENDED: Final = (
    EndReason.STOPPED, EndReason.STOPPED, EndReason.WITHDREW, EndReason.BREACHED,
    EndReason.MOVED, EndReason.REMOVED, EndReason.ORDER_ENDED,
)  # fmt: skip


@dataclass(frozen=True)
class Presence:
    """How likely they are to come, and late, and after which session they come no more."""

    likely: float
    last_session: int | None
    late: float = 0.06


@dataclass(frozen=True)
class Place:
    """A place in a group, and what its marks come to."""

    id: UUID
    of: Referred
    presence: Presence
    marks: tuple[MarkedSession, ...]


def fill(past: Past, group: Group) -> list[Place]:
    """Everybody in it, referred some weeks before it began."""
    return [_member(past, group) for _ in range(group.asked.places)]


def _member(past: Past, group: Group) -> Place:
    code, first_on = group.asked.programme, group.asked.first_day
    received_on = first_on - days(past.chance.randrange(28, 120))
    one = refer(past, code, received_on, status=ReferralStatus.ENROLLED)
    decide(past, one, code, Outcome.SUITABLE)
    at = at_hour(first_on - days(past.chance.randrange(2, 8)), 14)
    move(past, one, ReferralStatus.WAITING, ReferralStatus.ENROLLED, at)
    place_id, presence = new_id(at), _presence(past, group)
    marks = tuple(_marks(past, group, one, place_id, presence))
    place = Place(place_id, one, presence, marks)
    _enrol(past, group, place, at)
    if group.asked.programme != "cara":
        _contacts(past, group, one)
    if group.is_running and presence.last_session is None:
        for session_id, planned in group.sessions:
            if planned.ends_at >= past.context.now:
                book(past, group, session_id, planned, "participant", one.person_id)
    return place


def _presence(past: Past, group: Group) -> Presence:
    """Nobody who is late for a workshop of a pair is let in."""
    draw = past.chance.random()
    if group.asked.programme == "cara":
        return Presence(0.93, None, late=0)
    if draw < 0.66:
        return Presence(0.93, None)
    if draw < 0.80:
        return Presence(0.74, None)
    return Presence(0.70, past.chance.randrange(2, 7 if group.is_running else 13))


def _marks(
    past: Past, group: Group, one: Referred, place_id: UUID, presence: Presence
) -> Iterator[MarkedSession]:
    for session_id, planned in group.sessions:
        last = presence.last_session
        if planned.ends_at >= past.context.now or (last and planned.number > last):
            return
        code = _code(past, presence)
        claimed = past.chance.choice(_CLAIMED) if code is MarkCode.ABSENT else None
        mark_id = past.rows.add(
            AttendanceMark,
            planned.ends_at,
            session_id=session_id,
            enrolment_id=place_id,
            cohort_id=group.id,
            person_id=one.person_id,
            code=code,
            is_there=code is not MarkCode.ABSENT,
            minutes_late=past.chance.choice((5, 10, 15)) if code is MarkCode.LATE else None,
            claimed_reason=claimed,
            held_at=planned.starts_at,
            entered_at=planned.ends_at,
            entered_by=past.who(group.asked.staff[0]),
            signed_off_at=planned.ends_at,
        )
        if code is MarkCode.ABSENT:
            _judge(past, mark_id, one, claimed, planned.ends_at)
        yield MarkedSession(group.id, planned.number, planned.starts_at, code)


def _contacts(past: Past, group: Group, one: Referred) -> None:
    """The three with the referrer that are owed, as far as they were due by now."""
    held = [each.ends_at for _, each in group.sessions if each.ends_at < past.context.now]
    for number in range(_CONTACTS):
        if number * 5 + 1 >= len(held):
            return
        at = held[number * 5 + 1]
        past.rows.add(
            ContactEntry,
            at,
            person_id=one.person_id,
            happened_at=at,
            with_whom=ContactWith.REFERRER,
            how=ContactHow.CALL,
            was_reached=True,
            what="How it goes, and who else works with the family",
            entered_at=at,
            entered_by=past.who(group.asked.staff[0]),
        )


def _code(past: Past, presence: Presence) -> MarkCode:
    draw = past.chance.random()
    if draw >= presence.likely:
        return MarkCode.ABSENT
    return MarkCode.LATE if draw < presence.late else MarkCode.ATTENDED


def _judge(past: Past, mark_id: UUID, one: Referred, claimed: str | None, at: datetime) -> None:
    is_good = claimed in _ACCEPTED
    past.rows.add(
        Acceptability,
        at,
        mark_id=mark_id,
        person_id=one.person_id,
        verdict="acceptable" if is_good else "not acceptable",
        why=claimed if is_good else None,
        decided_at=min(at + days(3), past.context.now),
        decided_by=past.who(MANAGER),
    )


def _enrol(past: Past, group: Group, place: Place, at: datetime) -> None:
    stands = progress(group.version.rules, place.marks, coming=())
    status, ended_at = _end(past, group, place, stands)
    why = _WHY_ENDED[place.of.number % len(_WHY_ENDED)] if status is EnrolmentStatus.ENDED else None
    past.rows.add_known(
        Enrolment,
        place.id,
        person_id=place.of.person_id,
        referral_id=place.of.referral_id,
        cohort_id=group.id,
        programme_id=past.programmes[group.asked.programme].id,
        programme_version_id=group.version.id,
        status=status,
        enrolled_on=at.date(),
        ended_on=ended_at.date() if ended_at else None,
        end_reason=why,
        created_at=at,
    )
    _moved(past, place, None, EnrolmentStatus.ENROLLED, at)
    if ended_at:
        _moved(past, place, EnrolmentStatus.ENROLLED, status, ended_at)
    if not group.is_running:
        _decide_completion(past, group, place, stands)


def _end(
    past: Past, group: Group, place: Place, stands: Progress
) -> tuple[EnrolmentStatus, datetime | None]:
    last = place.marks[-1].held_at if place.marks else at_hour(group.asked.first_day, 18)
    if place.presence.last_session is not None:
        return EnrolmentStatus.ENDED, min(last + days(9), past.context.now)
    if group.is_running:
        return EnrolmentStatus.ENROLLED, None
    status = EnrolmentStatus.COMPLETED if stands.is_complete else EnrolmentStatus.ENDED
    return status, at_hour(group.last_on, 20)


def _moved(
    past: Past, place: Place, before: EnrolmentStatus | None, after: EnrolmentStatus, at: datetime
) -> None:
    past.rows.add(
        EnrolmentMove,
        at,
        enrolment_id=place.id,
        person_id=place.of.person_id,
        before=before,
        after=after,
        moved_at=at,
        moved_by=past.who(MANAGER),
    )


def _decide_completion(past: Past, group: Group, place: Place, stands: Progress) -> None:
    at = min(at_hour(group.last_on + days(6), 11), past.context.now)
    yes = stands.is_complete and place.presence.last_session is None
    past.rows.add(
        CompletionDecision,
        at,
        enrolment_id=place.id,
        person_id=place.of.person_id,
        cohort_id=group.id,
        programme_version_id=group.version.id,
        outcome=CompletionOutcome.COMPLETED if yes else CompletionOutcome.NOT_COMPLETED,
        attended=stands.attended,
        needed=stands.needed,
        sessions=stands.of,
        standing=to_builtins(stands),
        decided_at=at,
        decided_by=past.who(MANAGER),
    )
