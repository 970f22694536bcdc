"""What an e-mail address and a mobile number look like."""

import re

from outcomes.messages.words import Channel

_EMAIL = re.compile(r"[^@\s<>\"',;:()\[\]\\]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_NUMBER = re.compile(r"(\+44|0)7[0-9]{9}", re.ASCII)


def without_spaces(channel: Channel, address: str) -> str:
    """As it is kept and dialled: people write numbers with spaces and brackets."""
    return re.sub(r"[\s()-]", "", address) if channel is Channel.TEXT else address.strip()


def why_no_address(channel: Channel, address: str) -> str:
    """What is wrong with it; empty where nothing is."""
    if channel is Channel.EMAIL and not _EMAIL.fullmatch(address):
        return "Enter an e-mail address, like name@example.org."
    if channel is Channel.TEXT and not _NUMBER.fullmatch(address):
        return "Enter a UK mobile number, like 07700 900123."
    return ""
