"""Handing over to a colleague, for one survivor or for a whole caseload."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Struct

from app.forms.fields import Choice, Day, Radios, Select
from app.forms.form import Form
from outcomes.survivors.support_words import AssignedAs

_KINDS = (
    Choice(AssignedAs.SUPPORT, "For good", "The colleague becomes their worker"),
    Choice(AssignedAs.COVER, "As cover", "Both of you see the record until the last day"),
)


_To = Annotated[UUID, Select("To whom?", called="a colleague")]
_Kind = Annotated[
    AssignedAs,
    Radios("For how long?", called="for how long", choices=_KINDS, reveals={"cover": "until_on"}),
]
_Until = Annotated[date | None, Day("Last day of the cover", called="the last day")]
_From = Annotated[date, Day("From which day?", called="the first day")]


class HandOne(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    to: _To
    kind: _Kind
    until_on: _Until = None
    from_on: _From


class HandCaseload(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    worker: Annotated[UUID, Select("Whose survivors?", called="a worker")]
    to: _To
    kind: _Kind
    until_on: _Until = None
    from_on: _From


HAND_ONE = Form(HandOne)
HAND_CASELOAD = Form(HandCaseload)
