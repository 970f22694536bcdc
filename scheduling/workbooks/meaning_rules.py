"""What the words of a programme book mean in ours: marks, reasons, conditions, agencies, days."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Final

from programmes.catalogue.rules import is_there, sessions_in
from programmes.catalogue.words import (
    ClosedAfterSession,
    MarkCode,
    ProgrammeVersion,
)
from programmes.common.clock import LONDON
from programmes.common.workbooks.text import as_heading
from programmes.orders.words import ConditionKind
from programmes.referrals.words import Outcome, ReasonCode
from scheduling.workbooks.words import BookDecision, BookMark, ProgrammeShape

_MARKS: Final = {
    BookMark.ATTENDED: MarkCode.ATTENDED,
    BookMark.LATE: MarkCode.LATE,
    BookMark.LEFT_EARLY: MarkCode.LEFT_EARLY,
    BookMark.ACCEPTABLE_ABSENCE: MarkCode.ABSENT,
    BookMark.UNACCEPTABLE_ABSENCE: MarkCode.ABSENT,
    BookMark.LATE_NOT_ADMITTED: MarkCode.LATE_NOT_ADMITTED,
}
_VERDICTS: Final = {
    BookMark.ACCEPTABLE_ABSENCE: "acceptable",
    BookMark.UNACCEPTABLE_ABSENCE: "not acceptable",
}


def mark_code(version: ProgrammeVersion, mark: BookMark) -> MarkCode:
    """The register's own mark. Where nobody is let in late, “late” is late and not admitted."""
    code = _MARKS[mark]
    refuses_late = MarkCode.LATE_NOT_ADMITTED in _offered(version)
    return MarkCode.LATE_NOT_ADMITTED if code is MarkCode.LATE and refuses_late else code


def was_there(version: ProgrammeVersion, mark: BookMark) -> bool:
    return is_there(version, mark_code(version, mark))


def verdict(mark: BookMark) -> str | None:
    """Whether the book calls an absence acceptable; None for every other mark."""
    return _VERDICTS.get(mark)


def _offered(version: ProgrammeVersion) -> frozenset[MarkCode]:
    return frozenset(rule.code for rule in version.marks)


def shape_of(code: str, name: str, version: ProgrammeVersion) -> ProgrammeShape:
    """What reading a book asks of a programme, from the version of its rules."""
    offered = _offered(version)
    joining = version.joining
    return ProgrammeShape(
        code=code,
        name=name,
        sessions=sessions_in(version),
        marks=frozenset(mark for mark in BookMark if mark_code(version, mark) in offered),
        joins_until=joining.session if isinstance(joining, ClosedAfterSession) else None,
    )


OUTCOMES: Final = {
    BookDecision.ACCEPTED: Outcome.SUITABLE,
    BookDecision.NOT_SUITABLE: Outcome.NOT_SUITABLE,
    BookDecision.CLOSED: Outcome.CLOSED,
}

_REASONS: Final = (
    (ReasonCode.NO_CHILDREN, r"without child|no child|not a (father|parent)|childless"),
    (ReasonCode.WOMAN, r"\bwom[ae]n\b|\bfemale\b"),
    (ReasonCode.FAMILY_MEMBER, r"family member|\bsibling|\bparents?\b.*abuse|not a partner"),
    (ReasonCode.PROCEEDINGS, r"proceedings|end contact|contact (is )?likely to end"),
    (ReasonCode.NO_ASSESSMENT, r"assessment|did not attend|no show"),
    (ReasonCode.LANGUAGE, r"language|interpreter"),
    (ReasonCode.NEEDS, r"mental|neuro|learning|autis|adhd"),
    (ReasonCode.DISTANCE, r"distance|travel|too far|moved away|out of area"),
    (ReasonCode.TIMES, r"\btimes?\b|shift|work pattern|evening|working hours"),
    (ReasonCode.WITHDRAWN, r"withdr[ae]wn?|referrer"),
    (ReasonCode.NO_PROGRAMME, r"no programme"),
    (ReasonCode.CRITERIA, r"criteri|not eligible|threshold"),
)


def reason_code(text: str) -> ReasonCode:
    """The code under which a written reason is counted; the words themselves are kept as a note.

    The first that fits counts: “no programme available” stands behind several of them.
    """
    found = as_heading(text)
    by_name = next((code for code in ReasonCode if as_heading(code.value) == found), None)
    if by_name is not None:
        return by_name
    return next((code for code, sign in _REASONS if re.search(sign, found)), ReasonCode.OTHER)


_CONDITIONS: Final = (
    (ConditionKind.NO_CONTACT, r"\bcontact\b|communicat|approach"),
    (ConditionKind.NO_MOLESTATION, r"molest|harass|threat|intimidat|violen|abuse"),
    (ConditionKind.NO_EVICTION, r"evict|exclude (her|him|them)"),
    (ConditionKind.NAMED_PREMISES, r"premises|not (to )?(enter|go to|attend at)\b.*\baddress"),
    (ConditionKind.EXCLUSION_ZONE, r"exclusion|\bzone\b|not (to )?(enter|go)|stay away|metres"),
    (ConditionKind.LEAVE_PREMISES, r"\bleave\b"),
    (ConditionKind.CURFEW, r"curfew"),
    (ConditionKind.TAG, r"\btag\b|electronic|monitor"),
    (ConditionKind.PROGRAMME_ATTENDANCE, r"workshop|programme|course|\bcara\b|caring dads"),
    (ConditionKind.REPORTING, r"\breport\b|sign (on|in)\b"),
    (ConditionKind.RESIDENCE, r"\blive\b|\breside|\bsleep\b|residence"),
)


def condition_kind(text: str) -> ConditionKind:
    """The kind of a condition from its wording; the wording itself is kept apart, masked."""
    found = as_heading(text)
    for kind, sign in _CONDITIONS:
        if re.search(sign, found):
            return kind
    forbids = re.match(r"(no|not|must not|do not|never)\b", found)
    return ConditionKind.OTHER_PROHIBITION if forbids else ConditionKind.OTHER_REQUIREMENT


_AGENCIES: Final = (
    ("self", r"^self\b"),
    ("probation", r"probation|rehabilitation company"),
    ("police", r"police|offender management"),
    ("youth justice", r"youth"),
    ("hub", r"\bhub\b|front door"),
    ("family", r"family group"),
    ("social work", r"social|children"),
    ("court", r"court"),
    ("health", r"health|hospital|surgery|\bgp\b|nhs"),
)


def agency_kind(name: str) -> str:
    found = as_heading(name)
    return next((kind for kind, sign in _AGENCIES if re.search(sign, found)), "other")


def midday(day: date) -> datetime:
    """The instant at which a day without a time of day is kept: no clock change moves its date."""
    return datetime.combine(day, time(12), LONDON).astimezone(UTC)


def winter_closures(years: Iterable[int]) -> tuple[tuple[date, date], ...]:
    """22 December to 1 January, both included, as such books leave them out."""
    return tuple((date(year, 12, 22), date(year + 1, 1, 1)) for year in years)
