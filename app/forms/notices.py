"""Raising a safety notice, on either side."""

from typing import Annotated
from uuid import UUID

from msgspec import Struct

from app.forms.fields import Choice, Radios, Select, Tick
from app.forms.form import Form
from app.labels import label
from outcomes.notices.words import EFFECTS, NoticeCode

_CODES = tuple(Choice(code.value, label(code), EFFECTS[code]) for code in NoticeCode)


class RaiseNotice(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    code: Annotated[
        NoticeCode, Radios("What should staff do?", called="what staff should do", choices=_CODES)
    ]
    is_urgent: Annotated[
        bool,
        Tick("It is urgent", hint="Shown within minutes, without the random delay."),
    ] = False


class AskForNotice(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    link: Annotated[UUID, Select("About whom", called="whom it is about")]
    code: Annotated[
        NoticeCode, Radios("What should staff do?", called="what staff should do", choices=_CODES)
    ]
    is_urgent: Annotated[
        bool,
        Tick(
            "It is urgent",
            hint="Shown within minutes of release, without the random delay. He may guess why.",
        ),
    ]


RAISE_NOTICE = Form(RaiseNotice)
ASK_FOR_NOTICE = Form(AskForNotice)
