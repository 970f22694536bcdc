"""Who counts in a release: from bare facts to populations, each record with its answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from outcomes.completion.words import CompletionOutcome
from outcomes.disclosure.periods import Period
from outcomes.releases.counting_words import (
    AskedFact,
    BreachFact,
    FollowFact,
    MarkFact,
    PlaceFact,
    ReferralFact,
    StartFact,
    WorkFacts,
)
from outcomes.releases.deadline_rules import deadlines_due
from outcomes.releases.words import Counted, People
from programmes.catalogue.progress_rules import is_complete
from programmes.catalogue.progress_words import MarkedSession
from programmes.catalogue.words import ProgrammeVersion
from programmes.common.clock import london_date

ESTABLISHED: Final = frozenset({"admitted", "proved"})
ROUTES: Final = {
    "social work": "social_work",
    "police": "police",
    "probation": "probation",
    "youth justice": "youth_justice",
    "health": "health",
    "self": "self_referral",
}
UNMET: Final = {
    "man-without-children": "no_children",
    "woman-causing-harm": "woman_causing_harm",
    "family-member-abuse": "family_abuse",
    "mental-health-neurodiversity-or-learning": "health_or_learning",
    "language": "language",
}
ENDINGS: Final = {
    "withdrew": "withdrew",
    "removed": "removed",
    "stopped attending": "stopped_coming",
    "breached": "breached",
    "order ended": "order_ended",
    "moved away": "moved_or_died",
    "died": "moved_or_died",
}
THEMES: Final = {
    "respect": "respectful_communication",
    "freedom": "freedom_to_act",
    "freedom_from_violence": "feels_safe",
    "parenting": "shared_parenting",
    "awareness": "his_awareness",
    "childhoods": "children_feel_safe",
}
_ASIAN = ("asian", "pakistani", "indian", "bangladeshi", "chinese", "kashmiri")
_BLACK = ("black", "african", "caribbean")


def counted_work(
    facts: WorkFacts, versions: Mapping[UUID, ProgrammeVersion], *, period: Period
) -> Counted:
    """The populations of the programme side."""
    completed = completed_places(facts, versions)
    by_place = {str(place.id): place for place in facts.due}
    children: People = {
        str(child): {}
        for place in facts.due
        if str(place.id) in completed
        for child in facts.children.get(place.person_id, [])
    }
    return {
        "referred": {str(one.id): {"route": _route(one)} for one in facts.received},
        "suitable": {str(one.id): {} for one in facts.decided if one.outcome == "suitable"},
        "not_suitable": _not_suitable(facts.decided),
        "reached": {str(one): {} for one in facts.reached},
        "started": {str(one.referral_id): _start(one) for one in facts.started},
        "due_to_finish": {
            key: {
                "programme": place.programme.replace("-", "_"),
                "outcome": _outcome(key, completed),
            }
            for key, place in by_place.items()
        },
        "completed": {key: {} for key in completed},
        "children": children,
        "ended": {
            str(one.id): {"reason_ended": ENDINGS[one.end_reason]}
            for one in facts.ended
            if one.end_reason in ENDINGS
        },
        "orders_made": {str(one): {} for one in facts.orders_made},
        **_breaches(facts.breaches),
        "clocks_due": deadlines_due(facts, period),
        "followed": _followed(facts, versions),
    }


def completed_places(facts: WorkFacts, versions: Mapping[UUID, ProgrammeVersion]) -> frozenset[str]:
    """The places due to finish that a named person decided were completed; of those without a
    decision, the ones whose marks, in every group, meet their version's own rule.

    As the management report counts them.
    """
    return _complete(facts.due, facts.marks, versions)


def _complete(
    places: Iterable[PlaceFact | FollowFact],
    marked: Iterable[MarkFact],
    versions: Mapping[UUID, ProgrammeVersion],
) -> frozenset[str]:
    marks: dict[UUID, list[MarkedSession]] = defaultdict(list)
    for mark in marked:
        marks[mark.referral_id].append(
            MarkedSession(mark.cohort_id, mark.number, mark.held_at, mark.code)
        )
    return frozenset(
        str(place.id)
        for place in places
        if _is_complete(place, versions[place.version_id], marks[place.referral_id])
    )


def _is_complete(
    place: PlaceFact | FollowFact, version: ProgrammeVersion, marked: list[MarkedSession]
) -> bool:
    if place.decided is not None:
        return place.decided is CompletionOutcome.COMPLETED
    return is_complete(version, marked)


def places_due(
    facts: WorkFacts, versions: Mapping[UUID, ProgrammeVersion]
) -> dict[UUID, dict[str, str]]:
    """By person: each place that was due to finish, and its outcome."""
    completed = completed_places(facts, versions)
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for place in facts.due:
        found[place.person_id][str(place.id)] = _outcome(str(place.id), completed)
    return dict(found)


def _outcome(place: str, completed: frozenset[str]) -> str:
    return "completed" if place in completed else "not_completed"


def _followed(facts: WorkFacts, versions: Mapping[UUID, ProgrammeVersion]) -> People:
    """A breach between start and landmark leaves somebody out of the comparison, and is shown."""
    completed = _complete(facts.followed, facts.followed_marks, versions)
    return {
        str(one.id): {
            "outcome": _outcome(str(one.id), completed),
            "afterwards": _afterwards(one),
        }
        for one in facts.followed
    }


def _afterwards(one: FollowFact) -> str:
    if one.breached_before:
        return "breached_before"
    if one.breached_after:
        return "breached_after"
    return "none_recorded" if one.had_order else "no_order"


def _route(one: ReferralFact) -> str:
    return ROUTES.get(one.agency_kind, "other_route")


def _not_suitable(decided: Iterable[ReferralFact]) -> People:
    return {
        str(one.id): {"reason_unmet": UNMET.get(one.reason_code or "", "other_unmet")}
        for one in decided
        if one.outcome == "not suitable"
    }


def _start(one: StartFact) -> dict[str, str]:
    started_on = london_date(one.first_there_at)
    return {
        "wait": _wait((started_on - one.received_on).days // 7),
        "age_of_person": _age(one.date_of_birth, started_on),
        "ethnicity_of_person": ethnicity(one.ethnic_group),
    }


def _wait(weeks: int) -> str:
    if weeks < 4:
        return "under_4_weeks"
    if weeks < 8:
        return "weeks_4_to_8"
    return "weeks_8_to_16" if weeks < 16 else "over_16_weeks"


def _age(born: date, on: date) -> str:
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age < 25:
        return "under_25"
    return "aged_25_to_39" if age < 40 else "aged_40_and_over"


def ethnicity(given: str | None) -> str:
    """The five published groups of what somebody said of themselves."""
    said = (given or "").strip().casefold()
    if not said or said in {"not stated", "prefer not to say", "not known", "unknown"}:
        return "not_stated"
    if said.startswith("mixed"):
        return "mixed_or_other"
    if said.startswith("white"):
        return "white"
    if any(word in said for word in _ASIAN):
        return "asian"
    return "black" if any(word in said for word in _BLACK) else "mixed_or_other"


def _breaches(breaches: Sequence[BreachFact]) -> Counted:
    """Events and orders are counted apart, and in each those recorded and those established."""
    events: dict[str, dict[str, str]] = {}
    orders: dict[str, dict[str, str]] = {}
    for breach in sorted(breaches, key=lambda one: one.stage in ESTABLISHED):
        finding = {"finding": "established" if breach.stage in ESTABLISHED else "recorded"}
        events[str(breach.event_id)] = finding
        orders[str(breach.order_id)] = finding
    return {"breach_events": events, "orders_breached": orders}


def counted_survivors(
    asked: Iterable[AskedFact], *, period: Period, due: Mapping[UUID, Mapping[str, str]]
) -> Counted:
    """The populations of the survivor side: partners of people due to finish, completed or not,
    and those asked at the start. `due`: by person, each place due to finish and its outcome.

    A theme is known where the same survivor answered at the start and at the end.
    """
    known = list(asked)
    return {
        "partners_due": {
            f"{one.link_id} {place}": {
                "outcome": outcome,
                "safety": _SAFETY[_change(one, "freedom_from_violence")],
            }
            for one in known
            for place, outcome in due.get(one.person_id, {}).items()
        },
        "partners_asked": {
            str(one.link_id): {f"theme_change {theme}": _change(one, theme) for theme in THEMES}
            for one in known
            if one.started_on is not None and period.first_on <= one.started_on < period.until
        },
    }


_SAFETY = {
    "no_answer": "not_known",
    "better": "safer",
    "unchanged": "same",
    "worse": "less_safe",
}


def _change(one: AskedFact, theme: str) -> str:
    before, after = one.at_start.get(THEMES[theme]), one.at_end.get(THEMES[theme])
    if before is None or after is None:
        return "no_answer"
    if after == before:
        return "unchanged"
    return "better" if after > before else "worse"
