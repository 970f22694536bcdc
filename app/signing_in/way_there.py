"""What the browser keeps for us on its way to a provider and back: sealed, for one purpose."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag

from app.safekeeping.keys import key_of, seal, unseal
from app.signing_in.provider import Question
from programmes.common.db import Side
from programmes.linked_sign_ins.commands import Subject

LASTS = timedelta(minutes=10)
_LONGEST = 4_000
_ABOUT = b"on the way to a provider"


class Leaving(msgspec.Struct, frozen=True, tag="leaving"):
    """Somebody signed in is about to go there, to link their account."""

    account: str
    at: datetime


class Away(msgspec.Struct, frozen=True, tag="away"):
    """There. `account` is empty where it is to sign in, `leads_to` where no page was asked for."""

    question: Question
    account: str
    leads_to: str
    at: datetime


class Back(msgspec.Struct, frozen=True, tag="back"):
    """Here again, known to the provider; who they are to us is not looked up before the code."""

    who: Subject
    account: str
    leads_to: str
    at: datetime


Step = Leaving | Away | Back


def sealed(home: Path, step: Step) -> str:
    made = seal(_key(home), msgspec.json.encode(step), about=_ABOUT)
    return urlsafe_b64encode(made).decode()


def opened(home: Path, text: str, *, now: datetime) -> Step | None:
    """None for anything that is not of ours, or older than ten minutes."""
    if not text or len(text) > _LONGEST or not text.isascii():
        return None
    try:
        plain = unseal(_key(home), urlsafe_b64decode(text), about=_ABOUT)
        step = msgspec.json.decode(plain, type=Step)
    except (Error, ValueError, InvalidTag, msgspec.DecodeError):
        return None
    return step if now - step.at <= LASTS else None


def _key(home: Path) -> bytes:
    return hmac.digest(key_of(home, Side.WORK, "totp"), _ABOUT, "sha256")
