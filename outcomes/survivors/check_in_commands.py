"""Recording what she said when she was asked."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from outcomes.survivors.commands import CHANGE_SURVIVOR
from outcomes.survivors.queries import consents_of, open_survivor
from outcomes.survivors.questionnaire_queries import questionnaire_for
from outcomes.survivors.questionnaires import answer_faults
from outcomes.survivors.rules import reasons_not_to_ask
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.tables import Attempt, CheckIn, CheckInAnswer, Consent
from outcomes.survivors.words import (
    AttemptOutcome,
    Channel,
    ConsentKind,
    PoliceCalled,
    Source,
    Timepoint,
)
from programmes.common.audit import begin
from programmes.common.clock import london_date
from programmes.common.db import fetch_value, insert, insert_many
from programmes.common.errors import Invalid, NotFound, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor


class NewCheckIn(Struct, frozen=True, kw_only=True):
    """`answers` by question; what she did not answer is left out.

    `questionnaire`: the version she was asked by; without it, the one in force on `asked_on`.
    `agrees_now`: she agreed to the questions in this very call. `reached_by` logs the attempt.
    """

    link_id: UUID
    timepoint: Timepoint
    asked_on: date
    source: Source = Source.SURVIVOR
    police_called: PoliceCalled = PoliceCalled.NOT_STATED
    words: str | None = None
    may_quote: bool = False
    agrees_now: bool = False
    reached_by: Channel | None = None
    answers: Mapping[str, int]
    questionnaire: str | None = None


async def record_check_in(
    survivor_id: UUID, new: NewCheckIn, *, sealing: Sealing, actor: Actor, now: datetime
) -> UUID:
    """Refused where she has not agreed, and where this point was recorded already."""
    await begin(actor, CHANGE_SURVIVOR, "record-check-in")
    opened = await open_survivor(actor, survivor_id, sealing=sealing)
    await _what_the_call_brought(survivor_id, new, actor=actor, now=now)
    if opened.key is None:
        raise Refused("Their record was erased. Nothing more can be written in it.")
    consents = (await consents_of(actor, [survivor_id]))[survivor_id]
    await _refuse(survivor_id, new, reasons_not_to_ask(consents))
    questionnaire = await questionnaire_for(new.asked_on, code=new.questionnaire)
    faults = answer_faults(questionnaire, dict(new.answers), source=new.source)
    if new.asked_on > london_date(now):
        faults["asked_on"] = "This day has not come yet"
    if faults:
        raise Invalid(faults)
    check_in_id = new_id(now)
    await insert(
        CheckIn,
        id=check_in_id,
        survivor_id=survivor_id,
        link_id=new.link_id,
        timepoint=new.timepoint,
        asked_on=new.asked_on,
        questionnaire=questionnaire.code,
        source=new.source,
        police_called=new.police_called,
        sealed_words=opened.key.seal(new.words, check_in_id) if new.words else None,
        may_quote=new.may_quote and bool(new.words),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    await _write_answers(survivor_id, check_in_id, new.answers, now=now)
    return check_in_id


async def _what_the_call_brought(
    survivor_id: UUID, new: NewCheckIn, *, actor: Actor, now: datetime
) -> None:
    """Her agreement, where she gave it just now; and that she was reached."""
    if new.agrees_now:
        await insert(
            Consent,
            id=new_id(now),
            survivor_id=survivor_id,
            kind=ConsentKind.OUTCOMES,
            is_given=True,
            answered_on=new.asked_on,
            recorded_at=now,
            recorded_by=actor.account_id,
        )
    if new.reached_by is not None:
        await insert(
            Attempt,
            id=new_id(now),
            survivor_id=survivor_id,
            made_at=now,
            channel=new.reached_by,
            outcome=AttemptOutcome.ANSWERED,
            recorded_by=actor.account_id,
        )


async def _refuse(survivor_id: UUID, new: NewCheckIn, reasons: tuple[str, ...]) -> None:
    link = await fetch_value(
        "SELECT id FROM link WHERE id = $1 AND survivor_id = $2", new.link_id, survivor_id
    )
    if link is None:
        raise NotFound
    recorded = await fetch_value(
        "SELECT count(*) FROM check_in WHERE link_id = $1 AND timepoint = $2 AND source = $3",
        new.link_id,
        new.timepoint,
        new.source,
    )
    if recorded:
        reasons += ("This check-in is recorded already. Choose another point in time.",)
    if reasons:
        raise Refused(*reasons)


async def _write_answers(
    survivor_id: UUID, check_in_id: UUID, answers: Mapping[str, int], *, now: datetime
) -> None:
    await insert_many(
        CheckInAnswer,
        [
            {
                "id": new_id(now),
                "check_in_id": check_in_id,
                "survivor_id": survivor_id,
                "question": question,
                "value": value,
            }
            for question, value in answers.items()
        ],
    )
