"""Taking a list away."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Code, LongText, Radios
from app.forms.form import Form

LISTS = (
    Choice("referrals", "Referrals"),
    Choice("waiting", "Waiting lists of every programme"),
    Choice("people", "People"),
)
FORMATS = (Choice("xlsx", "Spreadsheet (.xlsx)"), Choice("csv", "CSV"))


class AskExport(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    list_name: Annotated[str, Radios("Which list?", called="the list", choices=LISTS)]
    reason: Annotated[
        str, LongText("What is it for?", called="what it is for", rows=3, max_length=500)
    ]


class TakeExport(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    file: Annotated[str, Radios("As", called="the kind of file", choices=FORMATS)]
    code: Annotated[
        str, Code("Six-digit code", hint="From your authenticator, once more", called="the code")
    ]


ASK_EXPORT = Form(AskExport)
TAKE_EXPORT = Form(TakeExport)
