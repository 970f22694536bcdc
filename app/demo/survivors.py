"""The survivors of the demonstration, all invented: one of each thing that a worker meets."""

from datetime import time, timedelta
from typing import Final
from uuid import UUID

from app.demo.access import load_access
from app.demo.context import DemoContext
from app.demo.survivor_cast import ELLIS, NOOR, SURVIVORS, Harmed
from app.demo.survivor_support import load_support
from app.safekeeping.sealing import SurvivorSealing
from outcomes.notices.commands import raise_notice as raise_on_his_side
from outcomes.notices.commands import show_notices
from outcomes.notices.words import NoticeCode
from outcomes.survivors.check_in_commands import NewCheckIn, record_check_in
from outcomes.survivors.commands import (
    NewSurvivor,
    link_person,
    record_attempt,
    record_safe_contact,
    take_on,
)
from outcomes.survivors.notice_commands import (
    hand_notices_over,
    raise_notice,
    release_notice,
)
from outcomes.survivors.queries import links_of
from outcomes.survivors.questionnaire_commands import add_questionnaire
from outcomes.survivors.questionnaires import SIX_THEMES, Change
from outcomes.survivors.risk_commands import NewDash, record_dash
from outcomes.survivors.words import (
    AttemptOutcome,
    Channel,
    HighBecause,
    PoliceCalled,
    ReferredTo,
    SafeContactDetails,
    Timepoint,
    Voicemail,
    Weekday,
)
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.staff import Actor

LEAD: Final = "survivor.lead@waymark.example"
MANAGER: Final = "manager@waymark.example"
_KINDS: Final = (
    "physical_abuse",
    "sexual_abuse",
    "controlling_behaviour",
    "stalking",
    "economic_abuse",
)


async def load(context: DemoContext) -> None:
    """Survivors on their own side; then notices, of which a manager's looks like the others."""
    sealing = SurvivorSealing(context.databases.settings.home)
    made: dict[str, UUID] = {}
    async with context.acting("load-demo-survivors", Side.SURVIVOR):
        for one in SURVIVORS:
            made[one.name] = await _survivor(context, one, sealing)
        await _not_engaged(context, made["Philippa Stott"], sealing)
        await _two_who_harmed(context, made["Shirin Begum-Lockwood"], sealing)
        await _high_risk(context, made["Marguerite Ellershaw"], sealing)
        await _notices(context, made, sealing)
        await load_support(context, made, sealing)
        await _next_questions(context)
        await hand_notices_over(
            context.accounts[LEAD], context.ago(2), context.databases.transaction
        )
    async with context.acting("load-demo-notices") as operator:
        manager, at = context.accounts[MANAGER], context.ago(4)
        person, code = context.people["now-5"], NoticeCode.REVIEW_BEFORE_CONTACT
        await raise_on_his_side(person, code, is_urgent=False, actor=manager, now=at)
        await show_notices(operator, context.now, context.databases.transaction)
        await load_access(context)


async def _survivor(context: DemoContext, one: Harmed, sealing: SurvivorSealing) -> UUID:
    worker, at = context.accounts[one.worker], context.ago(one.ago)
    new = NewSurvivor(
        name=one.name,
        person_id=context.people[one.by],
        relationship=one.relationship,
        linked_on=london_date(at),
        consents=dict(one.consents),
    )
    survivor_id = await take_on(new, sealing=sealing, actor=worker, now=at)
    if one.reviewed is not None:
        await record_safe_contact(
            survivor_id,
            _contact(one),
            reviewed_on=context.today - timedelta(days=min(one.reviewed, one.ago)),
            version=1,
            sealing=sealing,
            actor=worker,
            now=context.ago(min(one.reviewed, one.ago)),
        )
    (link,) = await links_of(worker, [survivor_id])
    for timepoint, ago, digits in one.check_ins:
        new_check_in = _check_in(context, one, timepoint, ago=ago, digits=digits, link_id=link.id)
        await record_check_in(
            survivor_id, new_check_in, sealing=sealing, actor=worker, now=context.ago(ago)
        )
        await record_attempt(
            survivor_id,
            Channel.CALL,
            AttemptOutcome.ANSWERED,
            sealing=sealing,
            actor=worker,
            now=context.ago(ago),
        )
    return survivor_id


def _contact(one: Harmed) -> SafeContactDetails:
    hours = SafeContactDetails(
        channel=Channel.CALL,
        address=one.number,
        voicemail=Voicemail.NEVER,
        code_word="The library called",
        who_may_answer="Nobody else",
    )
    if not one.has_hours:
        return hours
    return SafeContactDetails(
        channel=Channel.CALL,
        address=one.number,
        days=tuple(Weekday)[:5],
        from_time=time(9, 30),
        until_time=time(14, 45),
        voicemail=Voicemail.WITHOUT_A_NAME,
        words="Not while the children are home from school.",
    )


def _check_in(
    context: DemoContext,
    one: Harmed,
    timepoint: Timepoint,
    *,
    ago: int,
    digits: str,
    link_id: UUID,
) -> NewCheckIn:
    themes, abuse = digits.split()
    names = (
        "respectful_communication",
        "freedom_to_act",
        "feels_safe",
        "shared_parenting",
        "his_awareness",
        "children_feel_safe",
    )
    pairs = [*zip(names, themes, strict=True), *zip(_KINDS, abuse, strict=True)]
    is_latest = timepoint is one.check_ins[-1][0]
    return NewCheckIn(
        link_id=link_id,
        timepoint=timepoint,
        asked_on=london_date(context.ago(ago)),
        police_called=PoliceCalled.YES if abuse[0] in "34" else PoliceCalled.NO,
        words=one.words if is_latest and one.words else None,
        may_quote=is_latest and bool(one.words),
        answers={name: int(digit) for name, digit in pairs if digit != "-"},
    )


async def _not_engaged(context: DemoContext, survivor_id: UUID, sealing: SurvivorSealing) -> None:
    for ago, outcome in (
        (12, AttemptOutcome.NO_ANSWER),
        (8, AttemptOutcome.LEFT_NOTHING),
        (3, AttemptOutcome.NO_ANSWER),
    ):
        await record_attempt(
            survivor_id,
            Channel.CALL,
            outcome,
            sealing=sealing,
            actor=_noor(context),
            now=context.ago(ago),
        )


async def _next_questions(context: DemoContext) -> None:
    """A plainer question about parenting, asked from six weeks on."""
    asks = {one.code: one.asks for one in SIX_THEMES.questions}
    change = Change(
        valid_from=context.today + timedelta(weeks=6),
        based_on="Workers found that parents heard “shared” as a question about contact time",
        asks=asks | {"shared_parenting": "Can you decide things for the children together?"},
        also_childrens_worker=("shared_parenting", "children_feel_safe"),
    )
    await add_questionnaire(change, actor=context.accounts[LEAD], now=context.ago(1))


async def _two_who_harmed(
    context: DemoContext, survivor_id: UUID, sealing: SurvivorSealing
) -> None:
    await link_person(
        survivor_id,
        context.people["order-bail"],
        relationship="brother-in-law",
        linked_on=london_date(context.ago(80)),
        sealing=sealing,
        actor=_noor(context),
        now=context.ago(80),
    )


async def _high_risk(context: DemoContext, survivor_id: UUID, sealing: SurvivorSealing) -> None:
    (link,) = await links_of(_noor(context), [survivor_id])
    new = NewDash(
        link_id=link.id,
        assessed_on=london_date(context.ago(30)),
        ticks=16,
        is_high_risk=True,
        high_because=HighBecause.TICKS,
        referred_to=ReferredTo.MARAC,
        referred_on=london_date(context.ago(29)),
        held_where="Case file of the support service, number 4471",
    )
    await record_dash(survivor_id, new, sealing=sealing, actor=_noor(context), now=context.ago(29))


async def _notices(context: DemoContext, made: dict[str, UUID], sealing: SurvivorSealing) -> None:
    """One waits for the lead; one that Ellis raised three days ago has crossed."""
    for name, worker, code, ago in (
        ("Marguerite Ellershaw", NOOR, NoticeCode.RISK_RAISED, 0.05),
        ("Dorothy Armitage", ELLIS, NoticeCode.DO_NOT_DISCUSS, 3),
    ):
        actor = context.accounts[worker]
        (link,) = await links_of(actor, [made[name]])
        request = await raise_notice(
            made[name],
            link.id,
            code=code,
            is_urgent=False,
            sealing=sealing,
            actor=actor,
            now=context.ago(ago),
        )
        if worker == ELLIS:
            lead, at = context.accounts[LEAD], context.ago(ago - 0.1)
            await release_notice(request, actor=lead, now=at, draw=lambda n: n // 3)


def _noor(context: DemoContext) -> Actor:
    return context.accounts[NOOR]
