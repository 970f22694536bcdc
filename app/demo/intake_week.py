"""A week of intake: whole referrals by named workers, drafts, a list and an override that wait."""

import hashlib
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from app.demo.context import DemoContext
from app.demo.people import CASE_OWNER, IOM, MANAGER, PROBATION
from app.referral_lists import read_list
from outcomes.messages.outcome_commands import note_told
from programmes.catalogue.entry_words import Answer, EntryCriterion
from programmes.catalogue.queries import programme
from programmes.common.clock import london_date
from programmes.common.db import fetch_value, insert
from programmes.common.ids import new_id
from programmes.common.workbooks.writing import write_csv
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from programmes.referrals.import_commands import keep_import
from programmes.referrals.import_words import COLUMNS
from programmes.referrals.intake_commands import take_in
from programmes.referrals.intake_words import (
    Intake,
    IntakeDetails,
    LawfulBasis,
    LegalRegime,
    Need,
    SomebodyReferred,
    Told,
)
from programmes.referrals.suitability_commands import decide_suitability
from programmes.referrals.suitability_rules import wanted_answers
from programmes.referrals.suitability_words import Answered, Decision, ToldBy
from programmes.referrals.tables import ReferralDraft
from programmes.referrals.words import Outcome, ReasonCode, RiskLevel, Route

SECOND_MANAGER: Final = "manager.two@waymark.example"
_REFERRED = """
sent-1 | Gareth | Ollerenshaw | 1988-02-11 | probation | Priya Invented | order | 11
sent-2 | Łukasz | Wrona | 1991-07-30 | social work | Dilys Invented | plan | 9
sent-3 | Tobias | Ferndale | 1994-05-06 | police | Ines Invented | voluntary | 6
sent-4 | Desmond | Achterberg | 1983-12-19 | youth justice | Rhodri Invented | voluntary | 2
"""
_BY: Final = {
    "probation": PROBATION,
    "social work": CASE_OWNER,
    "police": IOM,
    "youth justice": MANAGER,
}
_ROUTES: Final = {
    "order": Route.COMMUNITY_ORDER,
    "plan": Route.CHILD_PROTECTION_PLAN,
    "voluntary": Route.VOLUNTARY,
}


async def load(context: DemoContext) -> None:
    async with context.acting("load-demo-intake"):
        for line in _REFERRED.strip().splitlines():
            await _refer(context, [part.strip() for part in line.split("|")])
        await _decide(context)
        await _ask_for_a_second_person(context)
        await _somebody_twice(context)
        await _drafts(context)
        await _list_that_waits(context)


async def _refer(context: DemoContext, said: list[str]) -> None:
    key, first, last, born, kind, worker, route, days = said
    at = context.ago(float(days))
    agency_id: UUID = await fetch_value(
        "SELECT id FROM agency WHERE kind = $1 ORDER BY name LIMIT 1", kind
    )
    intake = Intake(
        person=SomebodyReferred(
            first_name=first,
            last_name=last,
            date_of_birth=date.fromisoformat(born),
            sex=Sex.MALE,
            postcode_district="LS9",
        ),
        programme_code="caring-dads",
        agency_id=agency_id,
        received_on=london_date(at),
        route=_ROUTES[route],
        risk_level=RiskLevel.MEDIUM,
        referring_worker=worker,
        contact_with_child=True,
        children_born=(at.year - 6, at.year - 3),
        details=_details(context, kind, worker, route),
    )
    context.referrals[key] = await take_in(intake, actor=context.accounts[_BY[kind]], now=at)


def _details(context: DemoContext, kind: str, worker: str, route: str) -> IntakeDetails:
    is_police = kind == "police"
    return IntakeDetails(
        legal_regime=LegalRegime.LAW_ENFORCEMENT if is_police else LegalRegime.UK_GDPR,
        controller="West Yorkshire Police" if is_police else "Leeds City Council",
        lawful_basis=LawfulBasis.CONSENT if is_police else LawfulBasis.PUBLIC_TASK,
        may_be_told=(Told.REFERRER,),
        worker_email=f"{worker.split()[0].lower()}@{kind.replace(' ', '-')}.example.org",
        deadline_on=context.today + timedelta(days=240) if route == "order" else None,
        needs=(Need.WORK_PATTERN, Need.HOUSING),
        free_times=("monday evening", "wednesday evening"),
    )


async def _decide(context: DemoContext) -> None:
    """One was told by e-mail, one is to be told tomorrow."""
    manager = context.accounts[MANAGER]
    no_group = Decision(Outcome.NOT_SUITABLE, ReasonCode.TIMES, "Works every evening of the week.")
    decided = (("sent-1", no_group, 4.0), ("sent-2", await _suitable(context), 0.2))
    for key, decision, days in decided:
        at = context.ago(days)
        await decide_suitability(context.referrals[key], decision, version=1, actor=manager, now=at)
    told_id = await fetch_value(
        "SELECT id FROM outcome_told WHERE referral_id = $1", context.referrals["sent-1"]
    )
    whom = "priya@probation.example.org"
    await note_told(told_id, ToldBy.EMAIL, whom, actor=manager, now=context.ago(3))


async def _suitable(context: DemoContext) -> Decision:
    rules = (await programme("caring-dads")).version_on(context.today).rules
    return Decision(Outcome.SUITABLE, answers=wanted_answers(rules))


async def _ask_for_a_second_person(context: DemoContext) -> None:
    met = (await _suitable(context)).answers
    decision = Decision(
        Outcome.SUITABLE,
        note="Seen with his social worker.",
        answers={**met, EntryCriterion.PROFESSIONAL_ENGAGED: Answered(Answer.NO)},
        override_reason="A family support worker begins next week and has agreed the plan.",
    )
    second = context.accounts[SECOND_MANAGER]
    await decide_suitability(
        context.referrals["sent-3"], decision, version=1, actor=second, now=context.ago(1)
    )


async def _somebody_twice(context: DemoContext) -> None:
    """On record a second time by a slip, for somebody to look at and join."""
    twice = NewPerson(
        first_name="Adam",
        last_name="Fairbanks",
        date_of_birth=date(1989, 6, 18),
        sex=Sex.MALE,
        postcode_district="LS18",
    )
    await add_person(twice, actor=context.accounts[MANAGER], now=context.ago(7))


async def _drafts(context: DemoContext) -> None:
    """Written as they lie: a draft is saved by its author alone."""
    for email, first, last in ((MANAGER, "Rufus", "Halliwell"), (CASE_OWNER, "Abel", "Tremlett")):
        at = context.ago(0.5)
        typed = {"first_name": [first], "last_name": [last], "sex": ["male"]}
        await insert(
            ReferralDraft,
            id=new_id(at),
            account_id=context.accounts[email].account_id,
            answers={"person": typed},
            begun_at=at,
            saved_at=at,
        )


async def _list_that_waits(context: DemoContext) -> None:
    """One new, one like somebody on record, one that cannot be, one that CARA's criteria refuse."""
    second = context.accounts[SECOND_MANAGER]
    received = (context.today - timedelta(days=1)).isoformat()
    rows = [
        _row("YJ-101", "Emlyn", "Cartwright", "2006-03-09", received),
        _row("YJ-102", "Martin", "Earnshaw", "1977-03-18", received),
        _row("YJ-103", "Otis", "Bellweather", "2040-01-01", received),
        _row("YJ-104", "Corin", "Netherwood", "2005-08-17", received, programme="CARA"),
    ]
    content = write_csv(list(COLUMNS), rows)
    read = await read_list("youth-justice-november.csv", content, today=context.today, actor=second)
    await keep_import(
        "youth-justice-november.csv",
        hashlib.sha256(content).hexdigest(),
        read,
        actor=second,
        now=context.ago(0.3),
    )


def _row(
    ref: str, first: str, last: str, born: str, received: str, *, programme: str = "Caring Dads"
) -> list[str]:
    said = {
        "Referral ref": ref,
        "First name": first,
        "Last name": last,
        "Date of birth": born,
        "Sex": "Male",
        "Programme": programme,
        "Referred by": "Youth Justice Service",
        "Referring worker": "Rhodri Invented",
        "Received on": received,
        "Route": "Voluntary",
        "Risk level": "Medium",
        "Contact with child": "Yes",
        "Interpreter": "No",
        "Law": "UK GDPR",
        "Controller": "Leeds City Council",
        "Lawful basis": "Public task",
    }
    return [said.get(heading, "") for heading in COLUMNS]
