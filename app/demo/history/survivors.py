"""Whom the people of earlier years harmed, and how safe they said they were, over a year."""

from datetime import date
from typing import Final
from uuid import UUID

from app.demo.history import names
from app.demo.history.people import Past, Referred
from app.demo.history.rows import Rows, at_hour, days
from app.demo.history.staff import WORKERS
from app.safekeeping.sealing import SurvivorSealing
from outcomes.survivors.questionnaires import LEAST, MOST, QuestionKind, questionnaire_on
from outcomes.survivors.sealing import HerKey
from outcomes.survivors.support_words import AssignedAs
from outcomes.survivors.tables import (
    CheckIn,
    CheckInAnswer,
    Consent,
    DataKey,
    Link,
    Survivor,
    WorkerAssignment,
)
from outcomes.survivors.words import ConsentKind, PoliceCalled, Source, Timepoint
from programmes.common.ids import new_id
from programmes.common.references import new_reference

TABLES: Final = (DataKey, Survivor, WorkerAssignment, Link, Consent, CheckIn, CheckInAnswer)
_ONE_IN: Final = 3
_WHEN: Final = (
    (Timepoint.START, 30, 0.9),
    (Timepoint.MIDDLE, 110, 0.6),
    (Timepoint.END, 200, 0.5),
    (Timepoint.SIX_MONTHS, 370, 0.35),
    (Timepoint.TWELVE_MONTHS, 540, 0.25),
)
_RELATIONSHIPS: Final = ("former partner", "partner", "wife", "former partner", "mother")


def add_survivors(past: Past, rows: Rows, people: list[Referred]) -> None:
    """One in three; more and more of them are not reached as time goes by."""
    sealing = SurvivorSealing(past.context.databases.settings.home)
    for one in people[1::_ONE_IN]:
        survivor_id, link_id = _survivor(past, rows, one, sealing)
        for when, after, share in _WHEN:
            on = one.received_on + days(after + one.number % 9)
            if on >= past.context.today or past.chance.random() > share:
                continue
            _check_in(past, rows, survivor_id, link_id, when, on)


def _survivor(past: Past, rows: Rows, one: Referred, sealing: SurvivorSealing) -> tuple[UUID, UUID]:
    on = one.received_on + days(6)
    at, worker = at_hour(on, 11), past.who(WORKERS[one.number % len(WORKERS)])
    key_id, survivor_id = new_id(at), new_id(at)
    data_key, wrapped = sealing.new_data_key(key_id)
    rows.add_known(DataKey, key_id, wrapped=wrapped, wrapped_with=sealing.key_name)
    name = f"{names.woman(one.number)} {names.last_name(one.number + 211)}"
    rows.add_known(
        Survivor,
        survivor_id,
        reference=new_reference("S", survivor_id),
        data_key_id=key_id,
        sealed_name=HerKey(sealing, data_key).seal(name, survivor_id),
        created_at=at,
    )
    rows.add(
        WorkerAssignment,
        at,
        survivor_id=survivor_id,
        account_id=worker,
        kind=AssignedAs.SUPPORT,
        from_on=on,
    )
    _consents(rows, survivor_id, worker, on)
    relationship = _RELATIONSHIPS[one.number % len(_RELATIONSHIPS)]
    link_id = rows.add(
        Link,
        at,
        survivor_id=survivor_id,
        person_id=one.person_id,
        relationship=relationship,
        linked_on=on,
    )
    return survivor_id, link_id


def _consents(rows: Rows, survivor_id: UUID, worker: UUID, on: date) -> None:
    at = at_hour(on, 11)
    for kind in (ConsentKind.CONTACT, ConsentKind.OUTCOMES):
        rows.add(
            Consent,
            at,
            survivor_id=survivor_id,
            kind=kind,
            is_given=True,
            answered_on=on,
            recorded_at=at,
            recorded_by=worker,
        )


def _check_in(
    past: Past, rows: Rows, survivor_id: UUID, link_id: UUID, when: Timepoint, on: date
) -> None:
    """Most are somewhat safer each time they are asked; some are not."""
    at, questionnaire = at_hour(on, 12), questionnaire_on(on)
    check_in_id = rows.add(
        CheckIn,
        at,
        survivor_id=survivor_id,
        link_id=link_id,
        timepoint=when,
        asked_on=on,
        questionnaire=questionnaire.code,
        source=Source.SURVIVOR,
        police_called=PoliceCalled.NO if past.chance.random() < 0.8 else PoliceCalled.YES,
        recorded_at=at,
        recorded_by=past.who(WORKERS[0]),
    )
    better = [each for each, *_ in _WHEN].index(when)
    for question in questionnaire.questions:
        if Source.SURVIVOR not in question.sources:
            continue
        drawn = past.chance.choice((-1, 0, 0, 1)) + round(better * 0.6)
        value = 2 + drawn if question.kind is QuestionKind.THEME else 2 - drawn
        rows.add(
            CheckInAnswer,
            at,
            check_in_id=check_in_id,
            survivor_id=survivor_id,
            question=question.code,
            value=max(LEAST[question.kind], min(MOST[question.kind], value)),
        )
