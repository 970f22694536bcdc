"""Messages to one survivor of the demonstration: one that went, and one for a person to settle."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.demo.context import DemoContext
from app.demo.survivor_cast import NOOR
from app.outbox.senders import FolderSender
from outcomes.messages.sending_commands import NotSent, Sender
from outcomes.survivors.commands import record_safe_contact
from outcomes.survivors.message_commands import ask_for_message
from outcomes.survivors.message_sending_commands import claim_for_her, deliver_to_her
from outcomes.survivors.queries import open_survivor
from outcomes.survivors.sealing import Sealing
from outcomes.survivors.words import Channel, SafeContactDetails, Voicemail
from programmes.common.clock import LONDON
from programmes.common.ids import new_id

_WAY = SafeContactDetails(
    channel=Channel.TEXT,
    address="07700 900105",
    from_time=time(9, 30),
    until_time=time(14, 45),
    voicemail=Voicemail.NEVER,
    code_word="The library called",
)
_SAID_AGO = 9
"""Later than what she said when she was taken on: the latest counts."""


class _Refuses:
    async def send(self, message_id: UUID, address: str, subject: str, words: str) -> str:
        raise NotSent("refused with 503")


async def load_messages(context: DemoContext, survivor_id: UUID, sealing: Sealing) -> None:
    by: dict[str, Any] = {"sealing": sealing, "actor": context.accounts[NOOR]}
    one = await open_survivor(context.accounts[NOOR], survivor_id, sealing=sealing)
    await record_safe_contact(
        survivor_id,
        _WAY,
        reviewed_on=context.today - timedelta(days=20),
        version=one.facts.version,
        now=context.ago(_SAID_AGO),
        **by,
    )
    files = FolderSender(context.databases.settings.home / "survivor-outbox")
    await _sent(survivor_id, files, _at_eleven(context, 12), by)
    await _sent(survivor_id, _Refuses(), _at_eleven(context, 1), by)


async def _sent(survivor_id: UUID, sender: Sender, now: datetime, by: dict[str, Any]) -> None:
    message_id, worker = await ask_for_message(survivor_id, now=now, **by), new_id(now)
    claimed = await claim_for_her(message_id, worker, now=now, **by)
    if claimed is not None:
        await deliver_to_her(claimed, worker, sender, now=now, **by)


def _at_eleven(context: DemoContext, days: int) -> datetime:
    return datetime.combine(context.today - timedelta(days=days), time(11), LONDON)
