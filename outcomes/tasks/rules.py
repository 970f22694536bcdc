"""What absences and breaches ask for: pure rules over marks, with thresholds as dated data."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from msgspec import Struct

from outcomes.tasks.words import ReactionRule, RuleCode, TaskFor, TaskKind
from programmes.catalogue.words import MarkCode

NEWS_FOR = timedelta(days=28)
"""What happened longer ago sets no task any more (common practice)."""
MISSED = (MarkCode.ABSENT, MarkCode.LATE_NOT_ADMITTED, MarkCode.SENT_HOME_BEHAVIOUR)
NOT_COUNTED = (MarkCode.CANCELLED_BY_SERVICE, MarkCode.SENT_HOME_SERVICE)


class SeenMark(Struct, frozen=True):
    """A current mark in a register that is signed off."""

    enrolment_id: UUID
    session_id: UUID
    held_at: datetime
    code: MarkCode


class Finding(Struct, frozen=True, kw_only=True):
    """A task that is asked for. `cause` is the same however often it is found."""

    kind: TaskKind
    for_whom: TaskFor
    cause: str
    about_id: UUID
    detail: str
    due_hours: int
    rule_from: date | None = None


Rules = dict[RuleCode, ReactionRule]


def rules_in_force(versions: Iterable[ReactionRule], on: date) -> Rules:
    """Of each rule the version that began last, up to this day."""
    begun = sorted((one for one in versions if one.valid_from <= on), key=lambda v: v.valid_from)
    return {one.code: one for one in begun}


def absence_findings(
    marks: Sequence[SeenMark], *, is_high_risk: bool, rules: Rules, now: datetime
) -> list[Finding]:
    """What the marks of one person ask for, by the rules in force; place by place.

    A session that the service cancelled, or from which it sent him home, never counts.
    """
    ordered = sorted(marks, key=lambda mark: (str(mark.enrolment_id), mark.held_at))
    found: list[Finding] = []
    for _, place in groupby(ordered, key=lambda mark: mark.enrolment_id):
        counted = [mark for mark in place if mark.code not in NOT_COUNTED]
        found += _of_place(counted, is_high_risk=is_high_risk, rules=rules, now=now)
    return found


def _of_place(
    marks: Sequence[SeenMark], *, is_high_risk: bool, rules: Rules, now: datetime
) -> Iterator[Finding]:
    missed = [mark for mark in marks if mark.code in MISSED]
    if is_high_risk and missed and _is_news(missed[0], now):
        yield from _finding(rules, RuleCode.FIRST_ABSENCE, TaskKind.FIRST_ABSENCE, missed[0], 1)
    yield from _in_a_row(marks, rules, now)
    in_all = rules.get(RuleCode.IN_ALL)
    if in_all and len(missed) >= in_all.threshold:
        reached = missed[in_all.threshold - 1]
        if _is_news(reached, now):
            yield from _finding(
                rules, RuleCode.IN_ALL, TaskKind.ABSENCES_IN_ALL, reached, len(missed)
            )
    yield from _lateness(marks, rules, now)


def _in_a_row(marks: Sequence[SeenMark], rules: Rules, now: datetime) -> Iterator[Finding]:
    """One for each run, named by its first absence, so that a longer run is the same cause."""
    rule = rules.get(RuleCode.IN_A_ROW)
    for is_missed, run in groupby(marks, key=lambda mark: mark.code in MISSED):
        absences = list(run)
        if not is_missed or rule is None or len(absences) < rule.threshold:
            continue
        if _is_news(absences[rule.threshold - 1], now):
            yield from _finding(
                rules,
                RuleCode.IN_A_ROW,
                TaskKind.ABSENCES_IN_A_ROW,
                absences[0],
                len(absences),
            )


def _lateness(marks: Sequence[SeenMark], rules: Rules, now: datetime) -> Iterator[Finding]:
    """The first time that so many of the last few were late; once a place."""
    rule = rules.get(RuleCode.LATENESS)
    if rule is None:
        return
    for end in range(len(marks)):
        window = marks[max(0, end + 1 - (rule.within or rule.threshold)) : end + 1]
        late = [mark for mark in window if mark.code is MarkCode.LATE]
        if len(late) >= rule.threshold:
            if _is_news(late[-1], now):
                found = _finding(rules, RuleCode.LATENESS, TaskKind.LATENESS, late[-1], len(late))
                yield from found
            return


def no_contact_finding(
    enrolment_id: UUID, last_contact_at: datetime, *, rules: Rules, now: datetime
) -> Finding | None:
    """Nothing heard of him for so many days: no session attended, no call, no meeting."""
    rule = rules.get(RuleCode.NO_CONTACT)
    if rule is None or rule.for_whom is None or rule.due_hours is None:
        return None
    silent = (now - last_contact_at).days
    if silent < rule.threshold:
        return None
    return Finding(
        kind=TaskKind.NO_CONTACT,
        for_whom=rule.for_whom,
        cause=f"{rule.code}:{enrolment_id}:{last_contact_at.date()}",
        about_id=enrolment_id,
        detail=f"Nothing heard for {silent} days",
        due_hours=rule.due_hours,
        rule_from=rule.valid_from,
    )


def _is_news(mark: SeenMark, now: datetime) -> bool:
    return now - mark.held_at <= NEWS_FOR


def _finding(
    rules: Rules, code: RuleCode, kind: TaskKind, mark: SeenMark, number: int
) -> Iterator[Finding]:
    rule = rules.get(code)
    if rule is None or rule.for_whom is None or rule.due_hours is None:
        return
    once_a_place = code in (RuleCode.FIRST_ABSENCE, RuleCode.IN_ALL, RuleCode.LATENESS)
    at = "" if once_a_place else f":{mark.session_id}"
    yield Finding(
        kind=kind,
        for_whom=rule.for_whom,
        cause=f"{code}:{mark.enrolment_id}{at}",
        about_id=mark.enrolment_id,
        detail=_DETAILS[kind].format(number),
        due_hours=rule.due_hours,
        rule_from=rule.valid_from,
    )


_DETAILS = {
    TaskKind.FIRST_ABSENCE: "The first one, at high risk",
    TaskKind.ABSENCES_IN_A_ROW: "{} missed in a row",
    TaskKind.ABSENCES_IN_ALL: "{} sessions missed in all",
    TaskKind.LATENESS: "Late to {} of the last sessions",
}


class BrokenOrder(Struct, frozen=True):
    """What a breach sets off depends on: one event, whether a place is held, what comes next."""

    breach_id: UUID
    event_id: UUID
    is_withdrawn: bool
    has_place: bool


def breach_findings(broken: BrokenOrder, *, rules: Rules) -> list[Finding]:
    """Once for each event, however many orders it broke; nothing where it was withdrawn.

    The case's officers read it, a manager reviews the risk; where he has a place, the facilitators
    know before the next session, and a manager decides whether he stays.
    """
    rule = rules.get(RuleCode.BREACH)
    if broken.is_withdrawn or rule is None or rule.due_hours is None:
        return []
    asked = [(TaskKind.READ_BREACH, TaskFor.OFFICERS), (TaskKind.REVIEW_RISK, TaskFor.MANAGERS)]
    if broken.has_place:
        asked += [
            (TaskKind.BEFORE_NEXT_SESSION, TaskFor.FACILITATORS),
            (TaskKind.STAYS_IN_GROUP, TaskFor.MANAGERS),
        ]
    return [
        Finding(
            kind=kind,
            for_whom=for_whom,
            cause=f"{kind}:{broken.event_id}",
            about_id=broken.breach_id,
            detail="Alleged, not proved",
            due_hours=rule.due_hours,
            rule_from=rule.valid_from,
        )
        for kind, for_whom in asked
    ]
