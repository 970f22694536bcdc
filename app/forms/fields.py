"""The kinds of field a form is made of. A Struct's annotations carry one each:

class RecordBreach(Struct, forbid_unknown_fields=True, frozen=True):
    happened_on: Annotated[date, Day("When did it happen?", called="when it happened")]
    kind: Annotated[BreachKind, Radios("What happened?", called="what happened")]
    account: Annotated[str | None, LongText("What was seen or said")]

RECORD_BREACH = Form(RecordBreach)      # app.forms.form
"""

from app.forms.chosen import Checkboxes, Radios, Select, Tick
from app.forms.field import Choice, Field, Typed, first_value
from app.forms.text import FieldError
from app.forms.times import Day, TimeOfDay
from app.forms.written import Code, District, Email, Hidden, LongText, Number, Password, Text

__all__ = [
    "Checkboxes",
    "Choice",
    "Code",
    "Day",
    "District",
    "Email",
    "Field",
    "FieldError",
    "Hidden",
    "LongText",
    "Number",
    "Password",
    "Radios",
    "Select",
    "Text",
    "Tick",
    "TimeOfDay",
    "Typed",
    "first_value",
]
