"""Venues, rooms, closed days and interpreters."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Day, District, Number, Select, Text
from app.forms.form import Form

EVERYWHERE = Choice("everywhere", "The whole service")


class AddVenue(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[str, Text("Name of the venue", called="the name of the venue", max_length=80)]
    postcode_district: Annotated[
        str | None,
        District("Postcode district"),
    ] = None


class AddRoom(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    venue: Annotated[str, Select("Venue", called="the venue")]
    name: Annotated[str, Text("Name of the room", called="the name of the room", max_length=80)]
    seats: Annotated[int, Number("Seats", called="the seats", least=1, most=200, width="3")]


class AddClosure(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    venue: Annotated[str, Select("What is closed?", called="what is closed")]
    from_on: Annotated[date, Day("First closed day", called="the first closed day")]
    until_on: Annotated[date, Day("Last closed day", called="the last closed day")]
    why: Annotated[str, Text("Why?", called="why", max_length=80)]


class AddInterpreter(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[str, Text("Interpreter or agency", called="the interpreter", max_length=80)]
    language: Annotated[str, Text("Language", called="the language", max_length=40, width="20")]


class Withdraw(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Nothing is asked: the address says which closure."""


ADD_VENUE = Form(AddVenue, prefix="venue")
ADD_ROOM = Form(AddRoom, prefix="room")
ADD_CLOSURE = Form(AddClosure, prefix="closure")
ADD_INTERPRETER = Form(AddInterpreter, prefix="interpreter")
WITHDRAW = Form(Withdraw)
