"""The lines of a register: what was chosen and typed, beside what is saved."""

from uuid import UUID

from msgspec import Struct

from app import present
from app.forms.field import Typed, first_value
from app.labels import label
from programmes.catalogue.words import MarkCode
from scheduling.attendance.queries import MarkRow
from scheduling.attendance.rules import WITH_MINUTES, GivenMark
from scheduling.cohorts.queries import PlaceRow

LONGEST_NOTE = 4000


class Line(Struct, frozen=True, kw_only=True):
    """One person's line of the register: what is chosen, and what was typed."""

    enrolment_id: UUID
    name: str
    href: str
    is_guest: bool
    revision: int
    code: str
    minutes: str
    reason: str
    note: str
    saved: str
    correct: str


def marks_typed(typed: Typed) -> dict[UUID, GivenMark]:
    """Raises ValueError for a name or value that no register of ours has."""
    marks: dict[UUID, GivenMark] = {}
    for name in typed:
        if name.startswith("mark-") and first_value(typed, name):
            who = name.removeprefix("mark-")
            marks[UUID(who)] = _given(typed, who)
    return marks


def _given(typed: Typed, who: str) -> GivenMark:
    """Minutes and a reason only where the mark is one that asks for them."""
    code = MarkCode(first_value(typed, f"mark-{who}"))
    minutes = first_value(typed, f"minutes-{who}")
    reason = first_value(typed, f"reason-{who}")[:200]
    return GivenMark(
        code=code,
        minutes_late=int(minutes) if minutes.isdecimal() and code in WITH_MINUTES else None,
        claimed_reason=reason or None if code is MarkCode.ABSENT else None,
        note=first_value(typed, f"note-{who}")[:LONGEST_NOTE] or None,
    )


def line_of(place: PlaceRow, saved: MarkRow | None, typed: Typed | None, cohort_id: UUID) -> Line:
    """What was typed stays; beside it stands what is saved, where they differ."""
    typed = typed if typed is not None else _as_typed(place.id, saved)
    return Line(
        enrolment_id=place.id,
        name=place.person_name,
        href=f"/people/{place.person_id}",
        is_guest=place.cohort_id != cohort_id,
        revision=saved.revision if saved else 0,
        code=first_value(typed, f"mark-{place.id}"),
        minutes=first_value(typed, f"minutes-{place.id}"),
        reason=first_value(typed, f"reason-{place.id}"),
        note=first_value(typed, f"note-{place.id}"),
        saved=_mark_in_words(saved) if saved else "",
        correct=f"/marks/{saved.id}/correct" if saved and saved.signed_off_at else "",
    )


def _as_typed(place_id: UUID, saved: MarkRow | None) -> Typed:
    if saved is None:
        return {}
    return {
        f"mark-{place_id}": (saved.code.value,),
        f"minutes-{place_id}": (str(saved.minutes_late or ""),),
        f"reason-{place_id}": (saved.claimed_reason or "",),
        f"note-{place_id}": (saved.note or "",),
    }


def _mark_in_words(saved: MarkRow) -> str:
    """The mark with what was given beside it."""
    more = [
        present.count(saved.minutes_late, "minute") if saved.minutes_late else "",
        f"says {saved.claimed_reason.lower()}" if saved.claimed_reason else "",
    ]
    return ", ".join([label(saved.code), *filter(None, more)])
