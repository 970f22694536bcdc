"""One person or one cohort at a time: the best places for somebody, the next to be offered one."""

from collections.abc import Mapping

from msgspec import Struct

from scheduling.placement.standing import Standing
from scheduling.placement.words import IN_WORDS, Instance, WhyNot


class Offer(Struct, frozen=True, kw_only=True):
    """A place that could be offered, or could not: then `barriers` says why.

    Made for pages: of a cohort that is not offered it says nothing else, whether that is because
    it is no option or because of somebody to be kept apart from. `gain` is the value less a new
    interpreter.
    """

    person: str
    cohort: str
    value: int = 0
    gain: int = 0
    barriers: tuple[WhyNot, ...] = ()
    reasons: tuple[str, ...]

    @property
    def is_possible(self) -> bool:
        return not self.barriers

    @property
    def is_offered(self) -> bool:
        return WhyNot.NOT_OFFERED not in self.barriers


def best_cohorts_for(
    person_id: str, instance: Instance, *, placements: Mapping[str, str]
) -> tuple[Offer, ...]:
    """Every cohort: the best that is possible first, then what is barred, then what is not offered.

    Others stay where `placements` has them; the person's own place there is left aside.
    """
    others = {person: cohort for person, cohort in placements.items() if person != person_id}
    standing = Standing(instance, others)
    offers = [_offer(standing, person_id, cohort_id) for cohort_id in standing.cohorts]
    return tuple(sorted(offers, key=_best_first))


def next_offers_for(
    cohort_id: str, instance: Instance, *, placements: Mapping[str, str], count: int = 12
) -> tuple[Offer, ...]:
    """Who to offer a place next, in turn, each as if those before had taken theirs.

    Beyond the last free place the list goes on as a reserve, should somebody say no.
    """
    standing = Standing(instance, placements)
    waiting = [p for p in standing.eligible[cohort_id] if p not in standing.placed]
    offers: list[Offer] = []
    while waiting and len(offers) < count:
        best = min((_offer(standing, p, cohort_id) for p in waiting), key=_best_first)
        if not best.is_offered:
            break
        offers.append(best)
        waiting.remove(best.person)
        if best.is_possible:
            standing.place(best.person, cohort_id)
    return tuple(offers)


def _best_first(offer: Offer) -> tuple[int, int, int]:
    """Possible, then on reserve for a place that comes free, then barred, then not offered."""
    if not offer.is_offered:
        rank = 3
    elif offer.is_possible:
        rank = 0
    else:
        rank = 1 if offer.barriers == (WhyNot.FULL,) else 2
    return rank, -offer.gain, -offer.value


def _offer(standing: Standing, person_id: str, cohort_id: str) -> Offer:
    if cohort_id not in standing.values[person_id]:
        return _not_offered(person_id, cohort_id)
    barriers = tuple(standing.barriers(person_id, cohort_id))
    if WhyNot.APART in barriers:
        return _not_offered(person_id, cohort_id)
    gain = standing.gain(person_id, cohort_id)
    if not barriers and gain <= 0:
        barriers = (WhyNot.COSTS_MORE,)
    in_words = tuple(IN_WORDS[why] for why in barriers)
    return Offer(
        person=person_id,
        cohort=cohort_id,
        value=standing.values[person_id][cohort_id],
        gain=gain,
        barriers=barriers,
        reasons=in_words or _reasons_for(standing, person_id, cohort_id),
    )


def _not_offered(person_id: str, cohort_id: str) -> Offer:
    why = WhyNot.NOT_OFFERED
    return Offer(person=person_id, cohort=cohort_id, barriers=(why,), reasons=(IN_WORDS[why],))


def _reasons_for(standing: Standing, person_id: str, cohort_id: str) -> tuple[str, ...]:
    reasons = []
    values = standing.values[person_id]
    if len(values) > 1 and values[cohort_id] == max(values.values()):
        reasons.append("No other group is of more value to this person")
    if len(values) == 1:
        reasons.append("The only group open to this person")
    reasons.append(_room(standing, cohort_id))
    language = _language(standing, person_id, cohort_id)
    return (*reasons, language) if language else tuple(reasons)


def _room(standing: Standing, cohort_id: str) -> str:
    here, needed = len(standing.members[cohort_id]) + 1, standing.limits.smallest_cohort
    if here < needed:
        return f"Would be number {here} of the {needed} it needs to run"
    if here == needed:
        return f"Would make it large enough to run, with {needed}"
    return f"Would take place {here} of {standing.cohorts[cohort_id].capacity}"


def _language(standing: Standing, person_id: str, cohort_id: str) -> str | None:
    person = standing.people[person_id]
    if person.needs_interpreter is None:
        return None
    if standing.language_needed(person, cohort_id) is None:
        return f"Held in the language needed ({person.needs_interpreter})"
    if standing.new_interpreter_cost(person_id, cohort_id):
        return f"Would need an interpreter ({person.needs_interpreter})"
    return f"Shares the interpreter who comes already ({person.needs_interpreter})"
