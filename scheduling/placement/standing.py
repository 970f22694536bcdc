"""An arrangement while it is being made: who is where, and who could still go where."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from scheduling.placement.words import Instance, Placements, Risk, Waiting, WhyNot


class Standing:
    """Places and removes people one at a time. The smallest size is not minded on the way."""

    def __init__(self, instance: Instance, placements: Mapping[str, str] | None = None) -> None:
        self.limits = instance.rules
        self.cohorts = {cohort.id: cohort for cohort in instance.cohorts}
        self.people = {person.id: person for person in instance.people}
        self.values = {
            person.id: {option.cohort: option.value for option in person.options}
            for person in instance.people
        }
        self.eligible: dict[str, list[str]] = defaultdict(list)
        for person in instance.people:
            for option in person.options:
                self.eligible[option.cohort].append(person.id)
        self.apart: dict[str, set[str]] = defaultdict(set)
        for one, other in instance.apart:
            self.apart[one].add(other)
            self.apart[other].add(one)
        self.placed: Placements = {}
        self.members: dict[str, set[str]] = {name: set() for name in self.cohorts}
        self.very_high: Counter[str] = Counter()
        self.languages: dict[str, Counter[str]] = defaultdict(Counter)
        for person_id, cohort_id in (placements or {}).items():
            self.place(person_id, cohort_id)

    def place(self, person_id: str, cohort_id: str) -> None:
        self._count(person_id, cohort_id, 1)
        self.members[cohort_id].add(person_id)
        self.placed[person_id] = cohort_id

    def remove(self, person_id: str) -> str:
        cohort_id = self.placed.pop(person_id)
        self.members[cohort_id].remove(person_id)
        self._count(person_id, cohort_id, -1)
        return cohort_id

    def _count(self, person_id: str, cohort_id: str, by: int) -> None:
        person = self.people[person_id]
        if person.risk is Risk.VERY_HIGH:
            self.very_high[cohort_id] += by
        language = self.language_needed(person, cohort_id)
        if language is not None:
            spoken = self.languages[cohort_id]
            spoken[language] += by
            if not spoken[language]:
                del spoken[language]

    def language_needed(self, person: Waiting, cohort_id: str) -> str | None:
        """The language to interpret for this person in this cohort, if any."""
        needed = person.needs_interpreter
        return None if needed == self.cohorts[cohort_id].language else needed

    def barriers(self, person_id: str, cohort_id: str) -> Iterator[WhyNot]:
        """Every rule that keeps the person out of the cohort as it stands now."""
        person, members = self.people[person_id], self.members[cohort_id]
        capacity = self.cohorts[cohort_id].capacity
        if capacity < max(1, self.limits.smallest_cohort):
            yield WhyNot.TOO_FEW_PLACES
        elif len(members) >= capacity:
            yield WhyNot.FULL
        language = self.language_needed(person, cohort_id)
        if language is not None and self.languages[cohort_id].keys() - {language}:
            yield WhyNot.SECOND_INTERPRETER
        full_of_risk = self.very_high[cohort_id] >= self.limits.most_very_high_risk
        if person.risk is Risk.VERY_HIGH and full_of_risk:
            yield WhyNot.HIGHEST_RISK
        if person_id in self.apart and not self.apart[person_id].isdisjoint(members):
            yield WhyNot.APART

    def fits(self, person_id: str, cohort_id: str) -> bool:
        return next(self.barriers(person_id, cohort_id), None) is None

    def new_interpreter_cost(self, person_id: str, cohort_id: str) -> int:
        language = self.language_needed(self.people[person_id], cohort_id)
        if language is None or language in self.languages[cohort_id]:
            return 0
        return self.limits.cost_of_an_interpreter

    def gain(self, person_id: str, cohort_id: str) -> int:
        """What the place adds to the whole, the cost of beginning the cohort left aside."""
        value = self.values[person_id][cohort_id]
        return value - self.new_interpreter_cost(person_id, cohort_id)

    def worth(self, cohort_id: str) -> int:
        """The values of the places taken there, less its own costs."""
        members = self.members[cohort_id]
        if not members:
            return 0
        return (
            sum(self.values[person_id][cohort_id] for person_id in members)
            - self.limits.cost_of_running_a_cohort
            - self.limits.cost_of_an_interpreter * len(self.languages[cohort_id])
        )

    def runs(self, cohort_id: str) -> bool:
        return len(self.members[cohort_id]) >= max(1, self.limits.smallest_cohort)
