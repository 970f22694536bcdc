"""Who is in which cohort, as far as the marks of a programme book show it.

A book has no list of members. A closed group (Caring Dads: nobody joins after the third session)
shows them all the same: whoever has a mark up to that session joined, and nobody is in two such
groups at a time. Rolling intake and pairs that are repeated show nothing of the kind.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from programmes.common.workbooks.words import RowError
from scheduling.workbooks.words import AttendanceRow, CohortRow, SheetsRead, Vocabulary


class Place(Struct, frozen=True):
    """One referral in one cohort of a closed group, and the marks there in order of session."""

    referral_ref: str
    cohort: CohortRow
    joins_until: int
    marks: tuple[AttendanceRow, ...]

    @property
    def joined_in_time(self) -> bool:
        return self.marks[0].session <= self.joins_until


def places_in_closed_groups(
    sheets: SheetsRead, vocabulary: Vocabulary
) -> Mapping[str, list[Place]]:
    """The places of each referral, in order of their first mark."""
    cohorts = {cohort.ref: cohort for cohort in sheets.cohorts.rows}
    marks: dict[tuple[str, str], list[AttendanceRow]] = {}
    for mark in sheets.attendance.rows:
        if mark.cohort_ref in cohorts:
            marks.setdefault((mark.referral_ref, mark.cohort_ref), []).append(mark)
    places: dict[str, list[Place]] = {}
    for (referral_ref, cohort_ref), theirs in marks.items():
        cohort = cohorts[cohort_ref]
        joins_until = vocabulary.programmes[cohort.programme].joins_until
        if joins_until is not None:
            in_order = tuple(sorted(theirs, key=lambda mark: mark.session))
            place = Place(referral_ref, cohort, joins_until, in_order)
            places.setdefault(referral_ref, []).append(place)
    for in_order_of_date in places.values():
        in_order_of_date.sort(key=lambda place: place.marks[0].held_on)
    return places


def errors_of_place(sheets: SheetsRead, vocabulary: Vocabulary) -> Iterator[RowError]:
    """Marks of somebody who is not in that cohort. Asked only where every mark could be read."""
    if not sheets.attendance.is_whole:
        return
    for places in places_in_closed_groups(sheets, vocabulary).values():
        if len(places) > 1:
            yield from _not_in_the_cohort(places)
            yield from _in_two_at_a_time([place for place in places if place.joined_in_time])


def _not_in_the_cohort(places: list[Place]) -> Iterator[RowError]:
    """Of several cohorts, they are in those that they joined."""
    for place in places:
        if place.joined_in_time:
            continue
        others = [other.cohort.ref for other in places if other is not place]
        message = (
            f"{place.referral_ref} is not in {place.cohort.ref}: no mark there up to session "
            f"{place.joins_until}, after which nobody joins, but marks in {', '.join(others[:3])}. "
            "Correct the cohort ref or the referral ref."
        )
        for mark in place.marks:
            yield RowError("Attendance", mark.row, "Referral ref", message)


def _in_two_at_a_time(places: list[Place]) -> Iterator[RowError]:
    for earlier, later in pairwise(places):
        if later.marks[0].held_on > earlier.marks[-1].held_on:
            continue
        fewer, more = sorted((earlier, later), key=lambda place: len(place.marks))
        message = (
            f"{fewer.referral_ref} has marks in {fewer.cohort.ref} and {more.cohort.ref} over the "
            "same weeks; nobody is in two groups at a time. Correct the cohort refs or the "
            "referral refs."
        )
        yield RowError("Attendance", fewer.marks[0].row, "Referral ref", message)
