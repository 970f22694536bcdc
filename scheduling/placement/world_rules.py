"""From the service as it stands to an instance that can be solved, and back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from scheduling.placement.fit_rules import fits_into
from scheduling.placement.group_words import Fit, Known, OpenGroup, Seeker
from scheduling.placement.value_rules import Worth, limits_for, worth_of
from scheduling.placement.words import Instance, OpenCohort, Option, Risk, Waiting

NEW_GROUP = "one more group"


class Member(Struct, frozen=True, kw_only=True):
    """Somebody who has a place already: they stay, and count."""

    person_id: UUID
    cohort_id: UUID
    risk: Risk


class World(Struct, frozen=True, kw_only=True):
    """One programme: who waits, what is open, who is there already, who must not meet."""

    today: date
    groups: tuple[OpenGroup, ...]
    seekers: tuple[Seeker, ...]
    members: tuple[Member, ...]
    apart: frozenset[tuple[UUID, UUID]]
    known: Known


class Solvable(Struct, frozen=True, kw_only=True):
    """`settled` are those whose place is not for the solver to change."""

    instance: Instance
    settled: dict[str, str]
    fits: dict[tuple[str, str], Fit]
    worth: dict[tuple[str, str], Worth]


def solvable(world: World) -> Solvable:
    """A group that has begun to fill runs whatever its size: what it lacks is filled with nobody.

    Whoever is there already counts for its size, its risk, its interpreter and who must not meet.
    """
    least = world.groups[0].rules.size.least if world.groups else 0
    fits = {
        (str(s.referral_id), str(g.id)): fit
        for g in world.groups
        for s, fit in zip(world.seekers, fits_into(g, world.seekers, world.known), strict=True)
    }
    worth = {
        (str(s.referral_id), str(g.id)): worth_of(
            s, g, fits[str(s.referral_id), str(g.id)].warnings, today=world.today
        )
        for s in world.seekers
        for g in world.groups
    }
    nobody = {g.id: _lacking(world, g, least) for g in world.groups}
    people = (
        *(_waiting(seeker, world.groups, fits, worth) for seeker in world.seekers),
        *(_there(member) for member in world.members),
        *(_nobody(g.id, number) for g in world.groups for number in range(nobody[g.id])),
    )
    instance = Instance(
        rules=limits_for(least, there=_most_very_high(world)),
        cohorts=tuple(_cohort(g, nobody[g.id]) for g in world.groups),
        people=people,
        apart=_apart(world),
    )
    settled = {one.id: one.options[0].cohort for one in people if one.id.startswith(_SETTLED)}
    return Solvable(instance=instance, settled=settled, fits=fits, worth=worth)


_SETTLED = ("member ", "nobody ")


def _lacking(world: World, group: OpenGroup, least: int) -> int:
    there = sum(member.cohort_id == group.id for member in world.members)
    return max(0, least - there) if there else 0


def _cohort(group: OpenGroup, nobody: int) -> OpenCohort:
    """An interpreter who is booked already costs nothing more: the group is as good as held so."""
    room = max(group.places.capacity, group.places.taken)
    return OpenCohort(str(group.id), room + nobody, group.places.interpreter_language)


def _waiting(
    seeker: Seeker,
    groups: Iterable[OpenGroup],
    fits: Mapping[tuple[str, str], Fit],
    worth: Mapping[tuple[str, str], Worth],
) -> Waiting:
    me = str(seeker.referral_id)
    return Waiting(
        id=me,
        risk=seeker.risk,
        needs_interpreter=seeker.joiner.language,
        options=tuple(
            Option(str(group.id), worth[me, str(group.id)].points)
            for group in groups
            if fits[me, str(group.id)].is_possible
        ),
    )


def _there(member: Member) -> Waiting:
    option = Option(str(member.cohort_id), 0)
    return Waiting(f"member {member.person_id}", member.risk, None, (option,))


def _most_very_high(world: World) -> int:
    """A group that holds more already keeps them, and takes no further one."""
    there = Counter(m.cohort_id for m in world.members if m.risk is Risk.VERY_HIGH)
    return max(there.values(), default=0)


def _both_there(*called: str) -> bool:
    return all(one.startswith(_SETTLED) for one in called)


def _nobody(cohort_id: UUID, number: int) -> Waiting:
    option = Option(str(cohort_id), 0)
    return Waiting(f"nobody {cohort_id} {number}", Risk.STANDARD, None, (option,))


def _apart(world: World) -> tuple[tuple[str, str], ...]:
    called: dict[UUID, str] = {m.person_id: f"member {m.person_id}" for m in world.members}
    called |= {s.person_id: str(s.referral_id) for s in world.seekers}
    pairs: Sequence[tuple[str, str]] = sorted(
        {
            tuple(sorted((called[one], called[other])))  # type: ignore[misc]
            for one, other in world.apart
            if one in called and other in called and not _both_there(called[one], called[other])
        }
    )
    return tuple(pairs)
