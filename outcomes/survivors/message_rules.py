"""What a message to her says, and when one may be sent at all."""

from datetime import timedelta
from typing import Final

from outcomes.messages.address_rules import why_no_address, without_spaces
from outcomes.messages.words import Channel as WayOut
from outcomes.survivors.words import Channel, ContactBlock, SafeContactDetails

SUBJECT: Final = "New message"
WORDS: Final = (
    "You have a message from the service that you know. "
    "Please get in touch when it is safe for you."
)
"""No name, no service, no number to ring back, and nothing of what it is about."""
GOES_WITHIN = timedelta(days=3)
"""What could not go in three days of safe hours is not sent any more (common practice)."""
WAYS_OUT = {Channel.TEXT: WayOut.TEXT, Channel.EMAIL: WayOut.EMAIL}
_BLOCKED = {
    ContactBlock.ERASED: "Their record was erased.",
    ContactBlock.NO_CONSENT: "They have not agreed to be contacted.",
    ContactBlock.NONE_RECORDED: "Nobody has written down how to reach them.",
    ContactBlock.STALE: "Nobody has asked for more than 90 days whether this way is still safe.",
}


def reasons_not_to_message(
    block: ContactBlock | None, details: SafeContactDetails | None
) -> tuple[str, ...]:
    """Every reason. A machine reads no words: the way and the hours must be written as such."""
    if block is not None or details is None:
        return (_BLOCKED[block or ContactBlock.NONE_RECORDED],)
    reasons = []
    way = WAYS_OUT.get(details.channel) if details.channel else None
    if way is None:
        reasons.append("They have not said that a text message or an e-mail is safe.")
    elif why_no_address(way, address_of(details)):
        reasons.append("What is written down cannot be a mobile number or an e-mail address.")
    if details.from_time is None or details.until_time is None:
        reasons.append("Nobody has written down between which hours a message is safe.")
    return tuple(reasons)


def address_of(details: SafeContactDetails) -> str:
    """As a provider takes it; empty where her way is neither text nor e-mail."""
    way = WAYS_OUT.get(details.channel) if details.channel else None
    return without_spaces(way, details.address) if way else ""
