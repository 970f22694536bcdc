"""What was asked of the solver, and what it answered, in words that a page may show."""

import hashlib
from collections.abc import Iterator, Mapping
from uuid import UUID

import msgspec

from programmes.common.errors import Refused
from scheduling.placement.fit_rules import about_them
from scheduling.placement.proposal_words import Asked, Moved, Proposal, Proposed, Refusal
from scheduling.placement.reasons import on_pages, reasons_not_placed
from scheduling.placement.value_rules import A_DAY_WAITED, A_PLACE, A_WEEK_TO_WAIT, MOST_DAYS
from scheduling.placement.what_if import ExtraCohort, Variation, moves, supposed
from scheduling.placement.words import Answer, OpenCohort, Placements
from scheduling.placement.world_rules import NEW_GROUP, Solvable, World

WEEKS_TO_PLAN = 6
"""About how long it takes to find a room and facilitators for one more group (common practice)."""
NO_PLACE = "No place"


def variation_of(world: World, ready: Solvable, asked: Asked) -> Variation:
    """Raises Refused for somebody or a group that there is not, and for a place not offered."""
    wrong = tuple(_wrong_pins(world, ready, asked))
    if wrong:
        raise Refused(*wrong)
    return Variation(
        pinned={**ready.settled, **{str(one): str(group) for one, group in asked.pinned}},
        forbidden=frozenset((str(one), str(group)) for one, group in asked.forbidden),
        extra=(_one_more(world),) if asked.one_more and world.groups else (),
    )


def _wrong_pins(world: World, ready: Solvable, asked: Asked) -> Iterator[str]:
    names = {seeker.referral_id: seeker.name for seeker in world.seekers}
    groups = {group.id: group.reference for group in world.groups}
    if len({one for one, _ in asked.pinned}) < len(asked.pinned):
        yield "Somebody is pinned to two groups."
    for one, group in asked.pinned:
        fit = ready.fits.get((str(one), str(group)))
        if fit is None:
            yield "Whoever is pinned does not wait any more, or the group is over."
        elif fit.reasons:
            yield f"{names[one]}, group {groups[group]}: {' '.join(fit.reasons)}"


def _one_more(world: World) -> ExtraCohort:
    """As large as the version allows; for the sex that most of those who wait are of."""
    rules = world.groups[0].rules
    sexes = [seeker.joiner.sex for seeker in world.seekers]
    most = max(set(sexes), key=sexes.count, default="")
    values = {
        str(s.referral_id): A_PLACE
        + min((world.today - s.waiting_since).days, MOST_DAYS) * A_DAY_WAITED
        - WEEKS_TO_PLAN * A_WEEK_TO_WAIT
        for s in world.seekers
        if not rules.single_sex or s.joiner.sex == most
    }
    return ExtraCohort(OpenCohort(NEW_GROUP, rules.size.most, None), values)


def proposal_of(
    programme: str,
    world: World,
    ready: Solvable,
    asked: Asked,
    variation: Variation,
    *,
    answer: Answer,
    before: Placements,
) -> Proposal:
    """`before` is what would be proposed if nothing were asked."""
    proposed = tuple(_proposed(world, ready, asked, answer.placements))
    return Proposal(
        programme=programme,
        proposed=proposed,
        refused=tuple(_refused(world, ready, variation, answer.placements)),
        changed=tuple(_changed(world, before, answer.placements)),
        objective=answer.objective,
        bound=answer.bound,
        proven=answer.proven,
        seconds=answer.seconds,
        note=answer.note,
        hash=_hash(world, proposed),
    )


def _hash(world: World, proposed: tuple[Proposed, ...]) -> str:
    """Of who goes where, with the version of each referral: what a confirmation confirms."""
    asks_at = {seeker.referral_id: seeker.asks_at for seeker in world.seekers}
    said = [(str(p.referral_id), asks_at[p.referral_id], str(p.cohort_id)) for p in proposed]
    return hashlib.sha256(msgspec.json.encode(sorted(said))).hexdigest()


def _proposed(
    world: World, ready: Solvable, asked: Asked, placements: Mapping[str, str]
) -> Iterator[Proposed]:
    groups = {str(group.id): group for group in world.groups}
    pinned = {str(one) for one, _ in asked.pinned}
    for seeker in world.seekers:
        me = str(seeker.referral_id)
        placed = placements.get(me)
        if placed is None:
            continue
        group = groups.get(placed)
        fit, worth = ready.fits.get((me, placed)), ready.worth.get((me, placed))
        yield Proposed(
            referral_id=seeker.referral_id,
            person_id=seeker.person_id,
            name=seeker.name,
            cohort_id=group.id if group else None,
            group=f"Group {group.reference}" if group else "One more group",
            why=worth.says if worth else ("There would be room",),
            warnings=about_them(fit.warnings) if fit else (),
            is_pinned=me in pinned,
        )


def _refused(
    world: World, ready: Solvable, variation: Variation, placements: Mapping[str, str]
) -> Iterator[Refusal]:
    """Rules by their own words; who must not meet, vetoes and hours all under the same ones."""
    instance = supposed(ready.instance, variation)
    why = reasons_not_placed(instance, placements)
    called = {str(group.id): f"group {group.reference}" for group in world.groups}
    called[NEW_GROUP] = "one more group"
    open_to = {p.id: [o.cohort for o in p.options] for p in instance.people}
    for seeker in world.seekers:
        me = str(seeker.referral_id)
        if me in placements:
            continue
        shown = dict(on_pages(why[me], cohorts=open_to[me]))
        for group in world.groups:
            for reason in ready.fits[me, str(group.id)].reasons:
                words = reason.removesuffix(".")
                shown[words] = (*shown.get(words, ()), str(group.id))
        yield Refusal(
            referral_id=seeker.referral_id,
            person_id=seeker.person_id,
            name=seeker.name,
            reasons=tuple(
                (words, tuple(called[c] for c in named)) for words, named in shown.items()
            ),
        )


def _changed(world: World, before: Placements, after: Placements) -> Iterator[Moved]:
    names = {str(seeker.referral_id): seeker.name for seeker in world.seekers}
    called = {str(group.id): f"Group {group.reference}" for group in world.groups}
    called[NEW_GROUP] = "One more group"
    for move in moves(before, after):
        if move.person in names:
            yield Moved(
                name=names[move.person],
                before=called.get(move.before or "", NO_PLACE),
                after=called.get(move.after or "", NO_PLACE),
            )


def placements_to_make(world: World, proposal: Proposal) -> list[tuple[UUID, UUID, int]]:
    """Referral, group and the referral's version; a supposed group can take nobody.

    Raises Refused where there is nothing to do, or the proposal supposes a group that is not there.
    """
    asks_at = {seeker.referral_id: seeker.asks_at for seeker in world.seekers}
    if any(one.cohort_id is None for one in proposal.proposed):
        raise Refused("One more group is only supposed. Plan it, or take it away from here.")
    if not proposal.proposed:
        raise Refused("Nobody would get a place: there is nothing to apply.")
    return [
        (one.referral_id, one.cohort_id, asks_at[one.referral_id])
        for one in proposal.proposed
        if one.cohort_id is not None
    ]
