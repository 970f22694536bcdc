"""What a referrer is told of a decision, and how it reached them, in words."""

from datetime import timedelta

from msgspec import Struct

from app import present
from app.labels import label
from outcomes.messages.queries import READ_OUTBOX, OutcomeMessage, message_of_outcome
from outcomes.messages.words import MessageState
from outcomes.tasks.rule_queries import rules_on
from outcomes.tasks.words import RuleCode
from programmes.common.clock import london_date
from programmes.common.permissions import may
from programmes.common.staff import Actor
from programmes.referrals.suitability_queries import Told, ToldOnce


class ShownTold(Struct, frozen=True):
    """`next` says what comes next, or what stands in the way."""

    id: str
    words: str
    decided: str
    ways: list[str]
    next: str
    may_telephone: bool


async def told_view(told: Told, actor: Actor, *, may_tell: bool) -> ShownTold:
    return ShownTold(
        id=str(told.id),
        words=told.words,
        decided=present.short_date_and_time(told.told_at),
        ways=[_way(one) for one in told.ways],
        next="" if told.ways else await _next(told, actor, may_tell=may_tell),
        may_telephone=may_tell and told.stands and told.may_be_told,
    )


def _way(one: ToldOnce) -> str:
    by = f", by {one.told_by}" if one.told_by else ""
    return f"Told by {label(one.way).lower()}: {one.whom}, {_when(one)}{by}."


def _when(one: ToldOnce) -> str:
    return present.short_date_and_time(one.told_at)


async def _next(told: Told, actor: Actor, *, may_tell: bool) -> str:
    if told.is_withdrawn:
        return "Not to be told: they withdrew their consent."
    if not told.may_be_told:
        return "Not to be told: the referral does not say that the referrer may hear the outcome."
    if not may_tell:
        return "Nobody has been told yet."
    if not told.stands:
        return "It was never told, and is not what was decided last."
    if not told.email:
        return "No e-mail goes: the referral gives no address. Tell them by telephone."
    message = await message_of_outcome(actor, told.id) if may(actor, READ_OUTBOX) else None
    if message is not None and message.state is not MessageState.WAITING:
        return _stuck(message)
    rules = await rules_on(actor, london_date(told.told_at))
    goes_at = told.told_at + timedelta(hours=rules[RuleCode.HEAD_START].threshold)
    return f"An e-mail goes to {told.email} after {present.short_date_and_time(goes_at)}."


def _stuck(message: OutcomeMessage) -> str:
    trouble = f" ({message.trouble})" if message.trouble else ""
    return f"E-mail: {label(message.state).lower()}{trouble}. Tell them by telephone."
