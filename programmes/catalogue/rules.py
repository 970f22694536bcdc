"""What a programme's version says: its sessions, who may join, who is suitable, its statuses."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from programmes.catalogue.entry_words import (
    Answer,
    EntryCriterion,
    EntryEffect,
    EntryRule,
    NotSuitable,
)
from programmes.catalogue.words import (
    STATUS_FACTS,
    STATUS_MOVES,
    AllInOrder,
    ClosedAfterSession,
    MarkCode,
    MarkRule,
    NumberAttended,
    Presence,
    Programme,
    ProgrammeStatus,
    ProgrammeVersion,
    Rolling,
    SessionContent,
    SessionKind,
    ShareAttended,
    WholeSeriesOnly,
)
from programmes.common.errors import Refused
from programmes.common.staff import Role


def version_on(versions: Iterable[ProgrammeVersion], day: date) -> ProgrammeVersion:
    """The version that is in force on a day. Raises Refused where none had begun."""
    begun = [version for version in versions if version.valid_from <= day]
    if not begun:
        raise Refused(f"No version of this programme was in force on {day:%d/%m/%Y}.")
    return max(begun, key=lambda version: version.valid_from)


def contents_of(version: ProgrammeVersion) -> tuple[SessionContent, ...]:
    """Every numbered session of the version with its module, in order."""
    return tuple(
        SessionContent(number, module.number, kind_of(version, number))
        for module in version.modules
        for number in range(module.first, module.last + 1)
    )


def kind_of(version: ProgrammeVersion, number: int) -> SessionKind:
    return SessionKind.INDIVIDUAL if number in version.individual else SessionKind.GROUP


def module_of(version: ProgrammeVersion, number: int) -> int:
    """The module that a session belongs to. Raises Refused for a number it does not have."""
    for module in version.modules:
        if module.first <= number <= module.last:
            return module.number
    raise Refused(f"This programme has no session {number}.")


def sessions_in(version: ProgrammeVersion) -> int:
    return version.modules[-1].last


def sessions_needed(version: ProgrammeVersion) -> int:
    """How many sessions somebody must have been at: 80% of 17 is 14, never 13."""
    match version.completion:
        case ShareAttended(percent):
            return -(-percent * sessions_in(version) // 100)
        case NumberAttended(least):
            return least
        case AllInOrder():
            return sessions_in(version)
        case never:
            assert_never(never)


def mark_rule(version: ProgrammeVersion, mark: MarkCode) -> MarkRule:
    """What this version makes of a mark. Raises Refused where its registers do not offer it."""
    for rule in version.marks:
        if rule.code is mark:
            return rule
    raise Refused(f"A register of this programme has no mark {mark}.")


def is_there(version: ProgrammeVersion, mark: MarkCode) -> bool:
    return mark_rule(version, mark).presence is Presence.THERE


def allows_catch_up(version: ProgrammeVersion) -> bool:
    """Whether one missed session can be made up alone; a pair is repeated whole."""
    return not isinstance(version.completion, AllInOrder)


def closed_to_new_joiners(version: ProgrammeVersion, sessions_held: int) -> bool:
    """Caring Dads closes once session 3 has been held: whoever joins for session 3 still may."""
    match version.joining:
        case ClosedAfterSession(session):
            return sessions_held >= session
        case WholeSeriesOnly():
            return sessions_held > 0
        case Rolling():
            return False
        case never:
            assert_never(never)


def reasons_cannot_join(version: ProgrammeVersion, sessions_held: int) -> tuple[str, ...]:
    """Why nobody can be added to a cohort any more; none means that the joining rule allows it."""
    if not closed_to_new_joiners(version, sessions_held):
        return ()
    if isinstance(version.joining, ClosedAfterSession):
        return (
            f"This group closed to new members after session {version.joining.session}. "
            "Offer a later group, or keep them waiting.",
        )
    return ("This series has begun, and is only joined from its first session.",)


def reasons_not_suitable(
    version: ProgrammeVersion,
    answers: Mapping[EntryCriterion, Answer],
    *,
    risk_level: str | None = None,
) -> tuple[NotSuitable, ...]:
    """Every bar that the answers show. An answer that is missing or not known bars nobody."""
    found = [
        NotSuitable(rule.criterion, rule.reason, f"{rule.asked} Answer: {answers[rule.criterion]}.")
        for rule in _answered_against(version, answers)
        if rule.effect is EntryEffect.BAR
    ]
    if risk_level is not None and risk_level not in version.risk_levels:
        taken = " or ".join(version.risk_levels)
        says = f"The programme is for {taken} risk; this is {risk_level}."
        found.append(NotSuitable(None, "criteria-not-met", says))
    return tuple(found)


def cares_needed(
    version: ProgrammeVersion, answers: Mapping[EntryCriterion, Answer]
) -> tuple[EntryRule, ...]:
    """Answers that bar nobody but ask for a second look and a written reason."""
    against = _answered_against(version, answers)
    return tuple(rule for rule in against if rule.effect is EntryEffect.CARE)


def questions_open(
    version: ProgrammeVersion, answers: Mapping[EntryCriterion, Answer]
) -> tuple[EntryRule, ...]:
    """Questions without a yes or a no: nobody is found suitable while one is open."""
    return tuple(
        rule
        for rule in version.entry
        if answers.get(rule.criterion, Answer.NOT_KNOWN) is Answer.NOT_KNOWN
    )


def _answered_against(
    version: ProgrammeVersion, answers: Mapping[EntryCriterion, Answer]
) -> tuple[EntryRule, ...]:
    settled = (Answer.YES, Answer.NO)
    return tuple(
        rule
        for rule in version.entry
        if answers.get(rule.criterion) in settled and answers[rule.criterion] is not rule.wanted
    )


def reasons_cannot_start_cohort(programme: Programme) -> tuple[str, ...]:
    """Why no cohort can be planned; a planned programme takes expressions of need alone."""
    if STATUS_FACTS[programme.status].starts_cohorts:
        return ()
    if programme.status is ProgrammeStatus.PLANNED:
        return (
            f"{programme.name} is planned and not yet open: it takes expressions of need, "
            "and no group can be scheduled until it is opened.",
        )
    return (f"{programme.name} is {programme.status}: no new group can be scheduled.",)


def reasons_not_to_change_status(
    before: ProgrammeStatus, after: ProgrammeStatus, *, role: Role, reason: str
) -> tuple[str, ...]:
    """Every reason why a programme may not become this; staying as it is needs none."""
    if before is after:
        return ()
    move = next((m for m in STATUS_MOVES if (m.before, m.after) == (before, after)), None)
    if move is None:
        return (f"A programme that is {before} cannot become {after}.",)
    refused = []
    if role not in move.who:
        refused.append(f"Your role cannot change a programme from {before} to {after}.")
    if move.needs_reason and not reason.strip():
        refused.append(f"Give the reason for changing it from {before} to {after}.")
    return tuple(refused)
