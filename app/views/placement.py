"""A proposal between the address, the rules and the page."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from app import present
from app.web.components import Cell, Link
from programmes.common.errors import Invalid
from scheduling.placement.proposal_words import Asked, Proposal, Proposed, Refusal

NOT_PROVEN = "There was no time to try every arrangement: a better one may exist."
NOT_SAID = "This address does not say whom to pin or forbid. Begin again."


def asked_of(query: str) -> Asked:
    """`pin=REFERRAL:GROUP`, `forbid=REFERRAL:GROUP` (again and again), `one_more=yes`.

    Raises Invalid for what is none of these.
    """
    said = parse_qsl(query)
    try:
        return Asked(
            pinned=tuple(sorted({_pair(value) for name, value in said if name == "pin"})),
            forbidden=tuple(sorted({_pair(value) for name, value in said if name == "forbid"})),
            one_more=("one_more", "yes") in said,
        )
    except ValueError:
        raise Invalid({"pin": NOT_SAID}) from None


def _pair(text: str) -> tuple[UUID, UUID]:
    one, _, group = text.partition(":")
    return UUID(one), UUID(group)


def query_of(asked: Asked) -> str:
    return urlencode(
        [
            *(("pin", f"{one}:{group}") for one, group in asked.pinned),
            *(("forbid", f"{one}:{group}") for one, group in asked.forbidden),
            *([("one_more", "yes")] if asked.one_more else []),
        ]
    )


def _with(asked: Asked, name: str, pair: tuple[UUID, UUID]) -> str:
    """Whoever is pinned is pinned once, and not forbidden the same."""
    pinned = [one for one in asked.pinned if one[0] != pair[0]]
    forbidden = [one for one in asked.forbidden if one != pair]
    (pinned if name == "pin" else forbidden).append(pair)
    return query_of(
        Asked(pinned=tuple(pinned), forbidden=tuple(forbidden), one_more=asked.one_more)
    )


def _without(asked: Asked, pair: tuple[UUID, UUID]) -> str:
    return query_of(
        Asked(
            pinned=tuple(one for one in asked.pinned if one != pair),
            forbidden=tuple(one for one in asked.forbidden if one != pair),
            one_more=asked.one_more,
        )
    )


def links_for(one: Proposed, asked: Asked, base: str) -> list[Link]:
    if one.cohort_id is None:
        return []
    pair = (one.referral_id, one.cohort_id)
    if one.is_pinned:
        return [Link("Unpin", f"{base}?{_without(asked, pair)}")]
    return [
        Link("Pin here", f"{base}?{_with(asked, 'pin', pair)}"),
        Link("Not here", f"{base}?{_with(asked, 'forbid', pair)}"),
    ]


def forbidden_links(
    asked: Asked, base: str, names: dict[UUID, str], groups: dict[UUID, str]
) -> list[Link]:
    return [
        Link(
            f"Allow {names.get(one, 'them')} in group {groups.get(group, '?')} again",
            f"{base}?{_without(asked, (one, group))}",
        )
        for one, group in asked.forbidden
    ]


def one_more_link(asked: Asked, base: str) -> Link:
    if asked.one_more:
        less = Asked(pinned=asked.pinned, forbidden=asked.forbidden)
        return Link("Without one more group", f"{base}?{query_of(less)}")
    more = Asked(pinned=asked.pinned, forbidden=asked.forbidden, one_more=True)
    return Link("What if there were one more group?", f"{base}?{query_of(more)}")


def summary_of(proposal: Proposal) -> str:
    placed, left = len(proposal.proposed), len(proposal.refused)
    if not placed:
        return f"{present.count(left, 'person', 'people')} would go on waiting."
    best = "No arrangement is better by our rules." if proposal.proven else NOT_PROVEN
    return (
        f"{present.count(placed, 'person', 'people')} would get a place, {left} would go on "
        f"waiting. {best}"
    )


def how_good(proposal: Proposal) -> str:
    """What it is worth in the points of docs/placement.md, its bound, and how long that took."""
    none_better = "no arrangement is worth more"
    if not proposal.proven:
        none_better = f"none can be worth more than {proposal.bound:,}"
    took = "in less than a second"
    if proposal.seconds >= 1:
        took = f"in {present.count(round(proposal.seconds), 'second')}"
    return f"It is worth {proposal.objective:,} points; {none_better}. Worked out {took}."


def has_no_group(proposal: Proposal) -> bool:
    """Each group gives somebody who waits a place or a reason, so there is none."""
    waits = proposal.refused and not proposal.proposed
    return bool(waits) and not any(one.reasons for one in proposal.refused)


def who_waits_on(refused: Iterable[Refusal]) -> list[tuple[list[Cell], list[str]]]:
    """Those whose reasons are the same stand together, in the order in which they came."""
    found: dict[tuple[str, ...], list[Cell]] = {}
    for one in refused:
        found.setdefault(tuple(refusal_lines(one)), []).append(person_cell(one))
    return [(people, list(lines)) for lines, people in found.items()]


def refusal_lines(one: Refusal) -> list[str]:
    return [
        f"{_listed(groups)}: {present.mid_sentence(words)}" if groups else words
        for words, groups in one.reasons
    ]


def _listed(groups: Iterable[str]) -> str:
    by_number = sorted(groups, key=lambda group: (len(group), group))
    return present.sentence(present.listed(by_number))


def sentences(says: Iterable[str]) -> str:
    return ". ".join(says)


def person_cell(one: Proposed | Refusal) -> Cell:
    return Cell(one.name, f"/people/{one.person_id}")
