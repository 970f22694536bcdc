"""A spreadsheet of referrals: read, and each row compared with what is on record."""

import asyncio
import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from app.forms.form import Choices
from app.forms.intake import STEPS
from app.forms.json_values import typed_of_json
from app.intake import asked, choices_for, intake_of, likely_people, read_steps
from app.labels import label
from programmes.catalogue.queries import StoredProgramme, programmes
from programmes.common.errors import Invalid, Refused
from programmes.common.staff import Actor
from programmes.people.words import Sex
from programmes.referrals.commands import programme_for
from programmes.referrals.import_commands import TakeIn
from programmes.referrals.import_queries import ImportRow, KnownReferral, known_referrals
from programmes.referrals.import_words import COLUMNS, ReadRow, Verdict
from programmes.referrals.intake_commands import intake_mistakes, take_in
from programmes.referrals.intake_words import (
    Intake,
    LawfulBasis,
    LegalRegime,
    SomebodyReferred,
)
from programmes.referrals.words import RiskLevel, Route

MOST_BYTES, MOST_ROWS = 2 * 1024 * 1024, 500
_LABELLED = {
    "sex": Sex,
    "route": Route,
    "risk_level": RiskLevel,
    "legal_regime": LegalRegime,
    "lawful_basis": LawfulBasis,
}
Cells = dict[str, dict[str, Any]]


class _Reading(Struct, frozen=True):
    """What every row of one list is compared with."""

    programmes: Sequence[StoredProgramme]
    today: date
    actor: Actor


async def read_list(name: str, content: bytes, *, today: date, actor: Actor) -> list[ReadRow]:
    """Raises Invalid for a file that is no list of referrals."""
    if not content:
        raise Invalid({"file": "Choose a file."})
    if len(content) > MOST_BYTES:
        raise Invalid({"file": "The file is larger than 2 MB. Split it."})
    table = await asyncio.to_thread(_table, name, content)
    rows = list(_rows(table))
    if not rows:
        raise Invalid({"file": "No row was found below the headings."})
    choices = await choices_for(actor, [])
    known = await known_referrals(actor, [ref for _, ref, _ in rows])
    on = _Reading(await programmes(), today=today, actor=actor)
    seen: set[str] = set()
    found = []
    for number, ref, raw in rows:
        cells = _coded(raw, choices)
        found.append(await _compared(number, ref, cells, known.get(ref), seen=seen, on=on))
        seen.add(ref)
    return found


def _table(name: str, content: bytes) -> list[tuple[int, Sequence[Any]]]:
    if name.casefold().endswith(".csv"):
        return _csv(content)
    from programmes.common.workbooks.reading import read_workbook
    from programmes.common.workbooks.words import BookRefused

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        try:
            book = read_workbook(Path(file.name))
        except BookRefused as refusal:
            raise Invalid({"file": str(refusal)}) from None
        return [(row.number, row.values) for row in book.sheets[0].rows()] if book.sheets else []


def _csv(content: bytes) -> list[tuple[int, Sequence[Any]]]:
    try:
        text = content.decode("utf-8-sig")
        return list(enumerate(csv.reader(io.StringIO(text), strict=True), start=1))
    except (UnicodeDecodeError, csv.Error):
        raise Invalid({"file": "Save it as CSV in UTF-8, or as an Excel workbook."}) from None


def _rows(table: list[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Number, ref and the cells by heading. Raises Invalid for headings that are not known."""
    if not table:
        return
    headings = [str(one or "").strip() for one in table[0][1]]
    unknown = [one for one in headings if one and one not in COLUMNS]
    missing = [one for one in ("Referral ref", "First name", "Last name") if one not in headings]
    if unknown or missing or len(set(headings)) < len(headings):
        said = ", ".join(unknown or missing or headings)
        raise Invalid({"file": f"Check these headings: {said}. Use those of the empty list."})
    if len(table) > MOST_ROWS + 1:
        raise Invalid({"file": f"At most {MOST_ROWS} rows are read at once. Split the list."})
    for number, values in table[1:]:
        cells = {heading: _plain(value) for heading, value in zip(headings, values, strict=False)}
        if any(cells.values()):
            yield number, cells.get("Referral ref") or "", cells


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def _coded(raw: Mapping[str, str], choices: Mapping[str, Choices]) -> Cells:
    """By step and field, with the words of the pages turned into their codes."""
    cells: Cells = {}
    names = {
        field: {one.text.casefold(): one.value for one in many}
        for field, many in choices["referral"].items()
    }
    for heading, (step, field) in COLUMNS.items():
        if step and (text := raw.get(heading)):
            cells.setdefault(step, {})[field] = _code(field, text, names)
    return cells


def _code(field: str, text: str, names: Mapping[str, Mapping[str, str]]) -> str:
    folded = text.casefold()
    if field in _LABELLED:
        words = {label(one).casefold(): one.value for one in _LABELLED[field]}
        return words.get(folded, words.get(f"{folded} risk", folded))
    if field in ("contact_with_child", "interpreter"):
        return folded.replace(" ", "-")
    return names.get(field, {}).get(folded, text)


async def _compared(
    number: int,
    ref: str,
    cells: Cells,
    known: KnownReferral | None,
    *,
    seen: set[str],
    on: _Reading,
) -> ReadRow:
    row = ReadRow(number=number, ref=ref, cells=cells, verdict=Verdict.REFUSED)
    if not ref or ref in seen:
        said = "Give each row a referral ref of its own."
        return _told(row, Verdict.REFUSED, said)
    try:
        intake = intake_of(await _values(cells, on.actor), person_id=None)
    except Invalid as refusal:
        return _told(row, Verdict.REFUSED, " ".join(refusal.errors.values()))
    if mistakes := _mistakes(intake, on, is_new=known is None):
        return _told(row, Verdict.REFUSED, " ".join(mistakes.values()))
    if known is not None:
        return _against_known(row, known)
    likely = await likely_people(on.actor, _typed(cells))
    words = {str(one.id): f"{one.first_name} {one.last_name}, {one.reference}" for one in likely}
    return ReadRow(number=number, ref=ref, cells=cells, verdict=Verdict.NEW, likely=words)


def _mistakes(intake: Intake, on: _Reading, *, is_new: bool) -> dict[str, str]:
    """What the row itself shows is told at once, not only when the list is approved.

    A referral on record stays what it is, whatever its programme takes in today.
    """
    found: dict[str, str] = {}
    if isinstance(intake.person, SomebodyReferred):
        found |= intake_mistakes(intake, intake.person.date_of_birth, on.today)
    try:
        if is_new:
            programme_for(intake, on.programmes, today=on.today)
    except Invalid as refusal:
        found |= refusal.errors
    except Refused as refusal:
        found["programme"] = refusal.message
    return found


def _told(row: ReadRow, verdict: Verdict, says: str) -> ReadRow:
    return ReadRow(number=row.number, ref=row.ref, cells=row.cells, verdict=verdict, says=says)


def _against_known(row: ReadRow, known: KnownReferral) -> ReadRow:
    said = row.cells.get("referral", {})
    changes = []
    if said.get("risk_level") != known.risk_level:
        changes.append(f"risk {known.risk_level} to {said.get('risk_level')}")
    if said.get("referring_worker") != known.referring_worker:
        changes.append(
            f"worker {known.referring_worker or 'nobody'} to "
            f"{said.get('referring_worker') or 'nobody'}"
        )
    return ReadRow(
        number=row.number,
        ref=row.ref,
        cells=row.cells,
        verdict=Verdict.CHANGED if changes else Verdict.MATCHED,
        says="; ".join(changes),
        referral_id=str(known.id),
    )


def _typed(cells: Cells) -> dict[str, Any]:
    return {
        step: typed_of_json(STEPS[step], cells.get(step, {}))[0]
        for step in STEPS
        if step != "same-person"
    }


async def _values(cells: Cells, actor: Actor) -> Any:
    """A list asks no more than its columns: what it does not say is not known."""
    steps = _typed(cells)
    steps["needs"] = {"interpreter": ("no",), **steps["needs"]}
    steps["children"] = {"contact_with_child": ("not-known",), **steps["children"]}
    names = asked(steps, is_on_record=False, has_likely=False).names
    return read_steps(steps, names, await choices_for(actor, []))


async def intake_of_row(cells: Cells, ref: str, person_id: Any, *, actor: Actor) -> Intake:
    values = await _values(cells, actor)
    return msgspec.structs.replace(intake_of(values, person_id=person_id), source_ref=ref)


def taking(actor: Actor, now: datetime) -> TakeIn:
    """How one row of an approved list is taken in."""

    async def take(row: ImportRow, person_id: UUID | None) -> UUID:
        intake = await intake_of_row(row.cells, row.ref, person_id, actor=actor)
        return await take_in(intake, actor=actor, now=now)

    return take
