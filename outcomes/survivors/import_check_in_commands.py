"""Writes the check-ins of a survivor book and every answer in them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from outcomes.survivors.import_rules import answers_of, police_called
from outcomes.survivors.import_words import QUESTIONNAIRE
from outcomes.survivors.import_work import SurvivorWork
from outcomes.survivors.tables import CheckIn, CheckInAnswer
from outcomes.survivors.workbook import CheckInRow
from programmes.common.db import execute_many, insert_many

Key = tuple[str, str]


async def write_check_ins(work: SurvivorWork) -> None:
    """New check-ins whole; of stored ones the day, the police, and answers that read otherwise."""
    written = work.plan.check_ins.written
    stored = work.stored.check_ins
    new = [row for row in written if _key(row) not in stored]
    changed = [row for row in written if _key(row) in stored]
    ids = {key: check_in.id for key, check_in in stored.items()}
    ids.update({_key(row): work.given.new_id() for row in new})
    await insert_many(CheckIn, [_check_in(work, row, ids[_key(row)]) for row in new])
    await execute_many(
        "UPDATE check_in SET asked_on = $2, police_called = $3 WHERE id = $1 "
        "AND (asked_on, police_called) IS DISTINCT FROM ($2, $3)",
        [(ids[_key(row)], row.asked_on, police_called(row)) for row in changed],
    )
    await _write_answers(work, written, ids)


def _key(row: CheckInRow) -> Key:
    return row.survivor_ref, row.timepoint


def _check_in(work: SurvivorWork, row: CheckInRow, check_in_id: UUID) -> dict[str, Any]:
    return {
        "id": check_in_id,
        "survivor_id": work.survivors[row.survivor_ref],
        "link_id": work.links[row.survivor_ref],
        "timepoint": row.timepoint,
        "asked_on": row.asked_on,
        "questionnaire": QUESTIONNAIRE,
        "source": "survivor",
        "police_called": police_called(row),
        "recorded_at": work.given.now,
        "recorded_by": work.given.actor.account_id,
    }


async def _write_answers(
    work: SurvivorWork, rows: tuple[CheckInRow, ...], ids: Mapping[Key, UUID]
) -> None:
    """An answer that the book no longer gives stays: she gave it once."""
    new: list[dict[str, Any]] = []
    changed: list[tuple[UUID, str, int]] = []
    for row in rows:
        stored = work.stored.check_ins.get(_key(row))
        known = stored.answers if stored is not None else {}
        for question, value in answers_of(row).items():
            if question not in known:
                new.append(_answer(work, row, ids[_key(row)], question=question, value=value))
            elif known[question] != value:
                changed.append((ids[_key(row)], question, value))
    await insert_many(CheckInAnswer, new)
    await execute_many(
        "UPDATE check_in_answer SET value = $3 WHERE check_in_id = $1 AND question = $2", changed
    )


def _answer(
    work: SurvivorWork, row: CheckInRow, check_in_id: UUID, *, question: str, value: int
) -> dict[str, Any]:
    return {
        "id": work.given.new_id(),
        "check_in_id": check_in_id,
        "survivor_id": work.survivors[row.survivor_ref],
        "question": question,
        "value": value,
    }
