"""Who may go on in another group with all that they have done."""

from collections.abc import Iterator

from msgspec.structs import replace

from programmes.catalogue.rules import allows_catch_up, closed_to_new_joiners, sessions_in
from programmes.catalogue.words import ProgrammeVersion
from scheduling.cohorts.rules import Joiner, OpenPlaces, reasons_no_place


def reasons_no_transfer(
    versions: tuple[ProgrammeVersion, ProgrammeVersion],
    places: tuple[OpenPlaces, OpenPlaces],
    joiner: Joiner,
    *,
    has_marks: bool,
) -> tuple[str, ...]:
    """Every reason against going from the first group to the second.

    A group that has closed to new members still takes somebody who has come as far in theirs:
    the closing keeps out whoever would have to catch up with it (Caring Dads, session 3).
    """
    (mine, other), (left, joined) = versions, places
    held = joined.sessions_held
    came_as_far = held <= left.sessions_held and closed_to_new_joiners(other, held)
    counts = _as_if_new(joined) if came_as_far else joined
    return (
        *_pairs(mine, has_marks),
        *_other_content(mine, other),
        *reasons_no_place(other, counts, joiner),
    )


def _as_if_new(places: OpenPlaces) -> OpenPlaces:
    return replace(places, sessions_held=0)


def _pairs(version: ProgrammeVersion, has_marks: bool) -> Iterator[str]:
    if has_marks and not allows_catch_up(version):
        yield "In this programme everything is done in one group. Let them repeat both workshops."


def _other_content(mine: ProgrammeVersion, other: ProgrammeVersion) -> Iterator[str]:
    if sessions_in(mine) != sessions_in(other):
        yield (
            f"It has {sessions_in(other)} sessions and theirs {sessions_in(mine)}: what was done "
            "would not count."
        )
