"""The note of a session, worries that come of it, and their answers."""

from typing import Annotated
from uuid import UUID

from msgspec import Struct

from app.forms.fields import LongText, Radios, Select
from app.forms.form import Form
from scheduling.attendance.words import ConcernKind


class WriteNote(Struct, forbid_unknown_fields=True, frozen=True):
    covered: Annotated[str, LongText("What was covered", called="what was covered", rows=3)]
    homework: Annotated[
        str | None, LongText("Homework set for next time", called="the homework", rows=2)
    ] = None
    note: Annotated[
        str | None,
        LongText("How it went", called="how it went", hint="Say nothing of a partner here."),
    ] = None


class RaiseConcern(Struct, forbid_unknown_fields=True, frozen=True):
    person: Annotated[UUID, Select("About whom?", called="whom it is about")]
    kind: Annotated[ConcernKind, Radios("What worries you?", called="what worries you")]
    what: Annotated[str, LongText("What you saw or heard", called="what you saw or heard", rows=3)]


class AnswerConcern(Struct, forbid_unknown_fields=True, frozen=True):
    answer: Annotated[str, LongText("What was done?", called="what was done", rows=3)]


WRITE_NOTE = Form(WriteNote)
RAISE_CONCERN = Form(RaiseConcern, prefix="concern")
ANSWER_CONCERN = Form(AnswerConcern)
