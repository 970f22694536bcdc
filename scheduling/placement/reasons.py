"""Why somebody has no place, in words; all of the reasons, cohort by cohort."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from scheduling.placement.standing import Standing
from scheduling.placement.words import IN_WORDS, NO_OPTION, Instance, WhyNot

CohortsByReason = dict[WhyNot, tuple[str, ...]]


def reasons_not_placed(
    instance: Instance, placements: Mapping[str, str]
) -> dict[str, CohortsByReason]:
    """For each person without a place, what stands between them and each of their options."""
    standing = Standing(instance, placements)
    could_fill = {cohort_id: _could_fill(standing, cohort_id) for cohort_id in standing.cohorts}
    return {
        person.id: _grouped(standing, person.id, could_fill)
        for person in instance.people
        if person.id not in placements
    }


def _could_fill(standing: Standing, cohort_id: str) -> bool:
    """Whether those still waiting would be enough to run a cohort that does not run."""
    waiting = (p for p in standing.eligible[cohort_id] if p not in standing.placed)
    able = sum(standing.fits(person_id, cohort_id) for person_id in waiting)
    return able >= max(1, standing.limits.smallest_cohort)


def _grouped(standing: Standing, person_id: str, could_fill: Mapping[str, bool]) -> CohortsByReason:
    found: dict[WhyNot, list[str]] = defaultdict(list)
    for cohort_id in standing.values[person_id]:
        for why in why_not(standing, person_id, cohort_id, could_fill=could_fill[cohort_id]):
            found[why].append(cohort_id)
    return {why: tuple(found[why]) for why in WhyNot if why in found}


def why_not(
    standing: Standing, person_id: str, cohort_id: str, *, could_fill: bool
) -> tuple[WhyNot, ...]:
    """Every reason why this arrangement does not place the person there; never none."""
    barriers = tuple(_barriers_by_worth(standing, person_id, cohort_id))
    if barriers:
        return barriers
    if not standing.runs(cohort_id):
        return (WhyNot.NOT_WORTH_RUNNING if could_fill else WhyNot.BELOW_SMALLEST,)
    if standing.gain(person_id, cohort_id) <= 0:
        return (WhyNot.COSTS_MORE,)
    return (WhyNot.ROOM_LEFT,)


def _barriers_by_worth(standing: Standing, person_id: str, cohort_id: str) -> Iterator[WhyNot]:
    for why in standing.barriers(person_id, cohort_id):
        least = min((standing.values[p][cohort_id] for p in standing.members[cohort_id]), default=0)
        if why is WhyNot.FULL and standing.values[person_id][cohort_id] <= least:
            yield WhyNot.FULL_OF_MORE_VALUE
        else:
            yield why


def in_words(not_placed: Mapping[str, CohortsByReason]) -> dict[str, tuple[str, ...]]:
    """One sentence a reason, for the operator who holds the whole instance."""
    return {person_id: _sentences(reasons) for person_id, reasons in not_placed.items()}


def _sentences(reasons: CohortsByReason) -> tuple[str, ...]:
    if not reasons:
        return (NO_OPTION,)
    return tuple(f"{IN_WORDS[why]}: {', '.join(cohorts)}." for why, cohorts in reasons.items())


def on_pages(reasons: CohortsByReason, *, cohorts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The cohorts under each reason as a page may show them, of `cohorts`, all that it speaks of.

    A cohort with somebody to be kept apart from stands under the same words as those that were
    never open to the person, and under no others: nobody can tell the two apart (decision 9).
    """
    speaks_of = tuple(cohorts)
    apart = set(reasons.get(WhyNot.APART, ()))
    shown: dict[str, tuple[str, ...]] = {}
    for why, named in reasons.items():
        plain = tuple(cohort_id for cohort_id in named if cohort_id not in apart)
        if plain:
            shown[IN_WORDS[why]] = plain
    offered = {cohort_id for named in shown.values() for cohort_id in named}
    rest = tuple(cohort_id for cohort_id in speaks_of if cohort_id not in offered)
    return {**shown, IN_WORDS[WhyNot.NOT_OFFERED]: rest} if rest else shown
