"""Time to an event: drop-out by session, and the first breach after a landmark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from outcomes.reports.words import Curve, CurvePoint

if TYPE_CHECKING:
    from lifelines import KaplanMeierFitter


@dataclass(frozen=True, slots=True)
class Spell:
    """How long somebody was watched, and whether the event ended it (else they are censored)."""

    length: int
    event: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """One person seen from the landmark: the day their own cohort was due to finish.

    The day is the same for those who completed and those who did not, so that living long
    enough to complete does not count as success.
    """

    landmark_on: date
    completed: bool
    first_breach_on: date | None
    followed_until: date


@dataclass(frozen=True, slots=True)
class LandmarkGroup:
    """Those free of breach at the landmark, in days after it; the others are counted, not lost."""

    curve: Curve
    breached_before: int
    lost_before: int


@dataclass(frozen=True, slots=True)
class Landmark:
    completed: LandmarkGroup
    not_completed: LandmarkGroup


def survival_curve(spells: Iterable[Spell]) -> Curve:
    """The Kaplan–Meier estimate with Greenwood's interval on the log-log scale.

    Somebody still going is censored at the last session held, not counted as a success or a
    failure (Kaplan and Meier, JASA 53, 1958). Raises ValueError for a negative length.
    """
    watched = tuple(spells)
    if any(spell.length < 0 for spell in watched):
        raise ValueError("A spell cannot be shorter than nothing")
    if not watched:
        return Curve(0, 0, None, ())
    fitted = _fitted(watched)
    events = sum(spell.event for spell in watched)
    return Curve(len(watched), events, _median(fitted), tuple(_points(fitted)))


def _fitted(spells: Sequence[Spell]) -> "KaplanMeierFitter":
    from lifelines import KaplanMeierFitter  # four seconds cold: only where a curve is drawn

    lengths = [spell.length for spell in spells]
    return KaplanMeierFitter().fit(lengths, [spell.event for spell in spells])


def _median(fitted: "KaplanMeierFitter") -> int | None:
    median = float(fitted.median_survival_time_)
    return None if median == float("inf") else int(median)


def _points(fitted: "KaplanMeierFitter") -> Iterable[CurvePoint]:
    shares = fitted.survival_function_["KM_estimate"]
    limits = fitted.confidence_interval_survival_function_
    for at, row in fitted.event_table.iterrows():
        low, high = (float(limit) for limit in limits.loc[at])
        yield CurvePoint(
            at=int(at),
            at_risk=int(row["at_risk"]),
            events=int(row["observed"]),
            censored=int(row["censored"]),
            share=float(shares.loc[at]),
            low=_or(low, float(shares.loc[at])),
            high=_or(high, float(shares.loc[at])),
        )


def _or(limit: float, share: float) -> float:
    """Greenwood has no limit where the curve is at nought; NaN says so, and the curve is."""
    return share if limit != limit else limit


def first_breach_after_landmark(people: Iterable[Followed]) -> Landmark:
    """Days from the landmark to the first breach, for those who completed and who did not.

    Whoever breached before the landmark, or was no longer followed at it, is left out of both
    curves and counted beside them. A breach on the landmark day itself comes after it.
    The comparison is not a causal one: see `NOT_A_CAUSE` (Anderson, Cain and Gelber,
    Journal of Clinical Oncology 1, 1983).
    """
    followed = tuple(people)
    return Landmark(
        completed=_group([person for person in followed if person.completed]),
        not_completed=_group([person for person in followed if not person.completed]),
    )


def _group(people: Sequence[Followed]) -> LandmarkGroup:
    breached_before = [person for person in people if _breached_before(person)]
    rest = [person for person in people if not _breached_before(person)]
    watched = [person for person in rest if person.followed_until >= person.landmark_on]
    curve = survival_curve(_after_landmark(person) for person in watched)
    return LandmarkGroup(curve, len(breached_before), len(rest) - len(watched))


def _breached_before(person: Followed) -> bool:
    return person.first_breach_on is not None and person.first_breach_on < person.landmark_on


def _after_landmark(person: Followed) -> Spell:
    breach = person.first_breach_on
    seen = breach is not None and breach <= person.followed_until
    until = breach if breach is not None and seen else person.followed_until
    return Spell(length=(until - person.landmark_on).days, event=seen)
