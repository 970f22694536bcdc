"""The survivor side's own words: consents, safe contact, check-ins, risk, notices asked for."""

from datetime import date, time
from enum import StrEnum
from typing import Final

from msgspec import Struct


class Timepoint(StrEnum):
    START = "start"
    MIDDLE = "middle"
    END = "end"
    SIX_MONTHS = "six months"
    TWELVE_MONTHS = "twelve months"


class ConsentKind(StrEnum):
    CONTACT = "contact"
    SUPPORT = "support"
    OUTCOMES = "outcome questions"
    SHARING = "sharing"


class Source(StrEnum):
    """Whose report it is. His own is never one of them."""

    SURVIVOR = "survivor"
    CHILDRENS_WORKER = "childrens worker"


class PoliceCalled(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_STATED = "not stated"


class Channel(StrEnum):
    CALL = "call"
    TEXT = "text message"
    EMAIL = "email"
    IN_PERSON = "in person"


class Voicemail(StrEnum):
    NEVER = "never"
    WITHOUT_A_NAME = "without a name"
    YES = "yes"


class AttemptOutcome(StrEnum):
    """What happened when somebody tried to reach her. A fact, never a failure of hers."""

    ANSWERED = "answered"
    NO_ANSWER = "no answer"
    LEFT_NOTHING = "left nothing"
    COULD_NOT_TALK = "could not talk"


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class SafeContactDetails(Struct, frozen=True, kw_only=True):
    """How to reach her, as it is sealed. An imported line has nothing but `words`.

    Times are London wall time; where they are not given, any hour that the words do not forbid.
    """

    words: str = ""
    channel: Channel | None = None
    address: str = ""
    days: tuple[Weekday, ...] = ()
    from_time: time | None = None
    until_time: time | None = None
    code_word: str = ""
    voicemail: Voicemail | None = None
    who_may_answer: str = ""
    interpreter: str = ""


class HighBecause(StrEnum):
    """Why a DASH is judged high risk (SafeLives: any one of the three is enough)."""

    TICKS = "ticks"
    ESCALATION = "escalation"
    JUDGEMENT = "professional judgement"


class ReferredTo(StrEnum):
    NOWHERE = "nowhere"
    MARAC = "marac"
    DRAM = "dram"


class RequestStatus(StrEnum):
    """A notice that her side asked for, until it has crossed."""

    WAITING = "waiting"
    RELEASED = "released"
    DECLINED = "declined"
    RECALLED = "recalled"
    SENT = "sent"


class ContactBlock(StrEnum):
    """Why nobody may be shown how to reach her."""

    NO_CONSENT = "no consent"
    NONE_RECORDED = "none recorded"
    STALE = "stale"
    ERASED = "erased"


class ChangeKind(StrEnum):
    """News from the programme side that she may need to hear of."""

    MISSED = "missed"
    ENDED = "ended"
    COMPLETED = "completed"
    CANNOT_FINISH = "can no longer finish"
    BREACH = "breach"
    ORDER_ENDING = "order ending"


class Course(Struct, frozen=True):
    """His way through a programme, as far as asking her depends on it."""

    first_on: date
    last_on: date
    ended_on: date | None


ORDER_OF_TIMEPOINTS: Final = tuple(Timepoint)
