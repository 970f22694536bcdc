"""Statements of attendance: gathered from recorded facts, in words, as a PDF and as plain text."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from app import present
from app.documents.same_words import STANDING, person_lines
from app.labels import label
from outcomes.statements.commands import keep_statement
from outcomes.statements.queries import Line, Place, StatementRow, lines_of, places_of
from outcomes.statements.referrer_queries import referrer_contacts
from outcomes.statements.rules import totals_of
from outcomes.statements.words import SaidLine, StatementKind, Totals
from programmes.common.clock import london_date
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.contacts.queries import READ_CONTACTS
from programmes.people.queries import person

_TEMPLATE = Path(__file__).resolve().parent / "statement.typ"
_TITLES = {
    StatementKind.ATTENDANCE: "Statement of attendance",
    StatementKind.FINAL_REPORT: "Final report to the referrer",
    StatementKind.POLICE_NOTICE: "Notice of non-compliance: attendance only",
}


async def make(
    actor: Actor,
    person_id: UUID,
    kind: StatementKind,
    *,
    enrolment_id: UUID | None,
    now: datetime,
) -> UUID:
    """Raises NotFound, or Invalid where the kind needs a place that was not named."""
    about = await person(actor, person_id)
    places = _places(await places_of(actor, person_id), kind, enrolment_id)
    lines = await lines_of(actor, [place.enrolment_id for place in places], until=now)
    statement_id = new_id(now)
    says: dict[str, Any] = {
        "statement": str(statement_id),
        "title": _TITLES[kind],
        "made": present.date_and_time(now),
        "made_by": actor.name,
        "standing": STANDING,
        "person": person_lines(about),
        "places": [
            _place(place, [x for x in lines if x.enrolment_id == place.enrolment_id])
            for place in places
        ],
        "more": await _more(actor, person_id, kind),
    }
    await keep_statement(
        statement_id, person_id, kind, says, enrolment_id=enrolment_id, actor=actor, now=now
    )
    return statement_id


def _places(places: list[Place], kind: StatementKind, enrolment_id: UUID | None) -> list[Place]:
    if kind is StatementKind.ATTENDANCE and enrolment_id is None:
        if not places:
            raise Invalid({"kind": "There is no place in a group to make a statement of."})
        return places
    chosen = [place for place in places if place.enrolment_id == enrolment_id]
    if not chosen:
        raise Invalid({"place": "Select which place it is about."})
    if kind is StatementKind.POLICE_NOTICE and not chosen[0].goes_to_police:
        raise Invalid({"place": "This programme does not report absence to the police."})
    if kind is StatementKind.FINAL_REPORT and chosen[0].status in ("enrolled", "paused"):
        raise Invalid({"place": "The place is still held: the final report is made when it ends."})
    return chosen


def _place(place: Place, lines: Sequence[Line]) -> dict[str, Any]:
    ended = f", ended {present.long_date(place.ended_on)}" if place.ended_on else ""
    totals = totals_of([SaidLine(one.code, one.is_cancelled) for one in lines])
    return {
        "title": f"{place.programme}, group {place.cohort_reference}",
        "when": f"Enrolled {present.long_date(place.enrolled_on)}{ended}. "
        f"State of the place: {present.mid_sentence(place.status)}.",
        "totals": _totals(totals),
        "lines": [line_words(one) for one in lines],
    }


def _totals(totals: Totals) -> str:
    parts = [
        f"{present.count(totals.sessions, 'session')} up to now",
        f"{totals.attended} attended",
        f"{totals.missed} not attended",
        f"{totals.cancelled} cancelled by the service",
        f"{totals.not_signed_off} not signed off, so not known",
    ]
    return ", ".join(parts) + "."


def line_words(one: Line) -> list[str]:
    """When, what, judged, and what it rests on."""
    number = f"Session {one.number}" if one.number else "A session of another group"
    return [
        present.short_date_and_time(one.held_at),
        f"{number}: {_what(one)}",
        present.sentence(one.verdict) if one.verdict else "",
        _rests_on(one),
    ]


def _what(one: Line) -> str:
    if one.is_cancelled:
        return "cancelled by the service"
    if one.code is None:
        return "register not signed off"
    minutes = f", {one.minutes_late} minutes" if one.minutes_late else ""
    return f"{present.mid_sentence(label(one.code))}{minutes}"


def _rests_on(one: Line) -> str:
    if one.signed_off_at is None or one.code is None:
        return "No signed-off register"
    by = f" by {one.signed_off_by}" if one.signed_off_by else ""
    register = f"Register {str(one.register_id)[-8:]}" if one.register_id else "Register"
    corrected = f", corrected, entry {one.revision}" if (one.revision or 1) > 1 else ""
    on = present.short_date(london_date(one.signed_off_at))
    return f"{register}, signed off {on}{by}{corrected}"


async def _more(actor: Actor, person_id: UUID, kind: StatementKind) -> list[str]:
    if kind is StatementKind.POLICE_NOTICE:
        return ["This notice holds attendance only. Nothing that was said in a group is in it."]
    if kind is StatementKind.FINAL_REPORT and may(actor, READ_CONTACTS):
        return [
            f"Contacts with the referrer: {one.made} made, {one.needed} asked for."
            for one in await referrer_contacts(actor, person_id=person_id)
        ]
    return []


def as_pdf(row: StatementRow) -> bytes:
    """Tagged, so that it can be read aloud (PDF/UA-1). Half a second: call it in a thread."""
    import typst

    inputs = {"says": msgspec.json.encode({**row.says, "hash": row.hash}).decode()}
    made: bytes = typst.compile(
        _TEMPLATE, format="pdf", sys_inputs=inputs, pdf_standards="ua-1", ignore_system_fonts=True
    )
    return made


def as_text(row: StatementRow) -> str:
    """The same in plain text, for an officer's own case record."""
    says = row.says
    parts = [says["title"].upper(), *(f"{name}: {value}" for name, value in says["person"])]
    for place in says["places"]:
        parts += ["", place["title"], place["when"], place["totals"]]
        parts += [". ".join(cell for cell in line if cell) for line in place["lines"]]
    return "\n".join(
        [
            *parts,
            "",
            *says["more"],
            says["standing"],
            f"Made {says['made']} by {says['made_by']}. SHA-256 {row.hash}",
        ]
    )
