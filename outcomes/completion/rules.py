"""Whether somebody can still finish, and what may be decided of their completion. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from outcomes.completion.standing_words import Found, Standing
from outcomes.completion.words import CompletionOutcome
from programmes.catalogue.progress_rules import progress
from programmes.catalogue.progress_words import ComingSession, MarkedSession
from programmes.catalogue.rules import allows_catch_up, module_of
from programmes.catalogue.words import Deadline, MarkCode, ProgrammeVersion
from scheduling.sessions.catch_up_rules import catch_ups
from scheduling.sessions.catch_up_words import OpenSession, Owing


def finish_by(version: ProgrammeVersion, found: Found) -> date | None:
    """The day by which it has to be done: the caution's own date, or the order's, if any."""
    if version.deadline is Deadline.CAUTION:
        return found.caution_ends_on
    return found.order_ends_on if version.deadline is Deadline.ORDER else None


def standing(
    version: ProgrammeVersion, found: Found, *, elsewhere: Sequence[OpenSession], now: datetime
) -> Standing:
    """By the rule of the version that they enrolled on.

    What they owe and some coming session could make up counts as possible, and so does what only
    the service's own cancellation left open: a cancelled session never counts against anybody.
    """
    by = finish_by(version, found)
    marks = [
        MarkedSession(cohort, number, datetime.fromisoformat(at), MarkCode(code))
        for cohort, number, at, code in found.marks
    ]
    coming = [
        ComingSession(cohort, number, datetime.fromisoformat(at))
        for cohort, number, at in found.coming
    ]
    first = progress(version, marks, coming=coming, finish_by=by)
    possible = _possible(version, found, first.owed, elsewhere, by=by, now=now)
    whole = progress(version, marks, coming=coming, elsewhere=possible, finish_by=by)
    return Standing(
        enrolment_id=found.enrolment_id,
        person_id=found.person_id,
        person_name=found.person_name,
        cohort_id=found.cohort_id,
        programme_version_id=found.programme_version_id,
        status=found.status,
        progress=whole,
        catch_ups=len({one.number for one in possible} & set(whole.owed)),
        finish_by=by,
        is_over=found.is_over,
    )


def _possible(
    version: ProgrammeVersion,
    found: Found,
    owed: Sequence[int],
    elsewhere: Sequence[OpenSession],
    *,
    by: date | None,
    now: datetime,
) -> list[ComingSession]:
    """Coming sessions that they could still be booked for: one for each that is owed, or, where
    the whole is repeated, every session of a later series."""
    if not allows_catch_up(version):
        return [
            ComingSession(one.cohort_id, one.number, one.starts_at)
            for one in elsewhere
            if one.programme == found.programme
            and one.cohort_id != found.cohort_id
            and one.places_left > 0
            and one.sex in (None, found.sex)
            and (found.language is None or found.language in one.interpreted)
        ]
    owing = [_owing(version, found, number, by) for number in owed]
    return [
        ComingSession(one.choices[0].cohort_id, one.owing.number, one.choices[0].starts_at)
        for one in catch_ups(version, owing, coming=elsewhere, now=now)
        if one.choices
    ]


def _owing(version: ProgrammeVersion, found: Found, number: int, by: date | None) -> Owing:
    return Owing(
        person_id=found.person_id,
        cohort_id=found.cohort_id,
        programme=found.programme,
        number=number,
        module=module_of(version, number),
        sex=found.sex,
        language=found.language,
        finish_by=by,
    )


def reasons_not_to_decide(
    stands: Standing, outcome: CompletionOutcome, *, reason: str, before: CompletionOutcome | None
) -> tuple[str, ...]:
    """Every reason why this cannot be decided. `before` is the decision that stands, if any."""
    return tuple(_reasons(stands, outcome, reason, before))


def _reasons(
    stands: Standing, outcome: CompletionOutcome, reason: str, before: CompletionOutcome | None
) -> Iterator[str]:
    done = stands.progress
    if outcome is before:
        yield "That is what was decided already."
    if before is not None and not reason.strip():
        yield "Give the reason: this takes back a decision."
    if outcome is CompletionOutcome.COMPLETED:
        if not done.is_complete:
            yield f"The registers say {done.attended} of the {done.needed} sessions needed."
        if not stands.is_over:
            yield "The group’s last register is not signed off yet."
        return
    if not reason.strip() and before is None:
        yield "Give the reason: it stays with the decision."
    if stands.is_live and done.can_still_finish and not stands.is_over:
        yield "They can still finish: decide this when the group is over, or end the place."
