"""The form of a new version of what survivors are asked: a line for each question."""

from datetime import date
from typing import Annotated, Any

import msgspec

from app.forms.fields import Checkboxes, Choice, Day, LongText, Text
from app.forms.form import Form
from outcomes.survivors.questionnaires import ABUSE, SAFETY, THEMES, Change

_WORKER = Checkboxes(
    "Themes that the children's worker may answer too",
    called="the themes of the children's worker",
    choices=tuple(Choice(code, name) for code, name in THEMES.items()),
)


def _asked(code: str, name: str) -> tuple[str, Any] | tuple[str, Any, Any]:
    if code == SAFETY:
        field = Text(
            name,
            hint="Always asked: who is safer is counted by it",
            called=f"the question on {name.lower()}",
        )
        return code, Annotated[str, field]
    field = Text(
        name, hint="Leave empty where it is not asked", called=f"the question on {name.lower()}"
    )
    return code, Annotated[str | None, field], None


def _form() -> Form[Any]:
    based_on = LongText(
        "Why it changes, and where the words come from",
        called="why it changes",
        rows=2,
        max_length=500,
    )
    fields = [
        ("valid_from", Annotated[date, Day("Asked from", called="the day it is asked from")]),
        ("based_on", Annotated[str, based_on]),
        *(_asked(code, name) for code, name in {**THEMES, **ABUSE}.items()),
        ("also_childrens_worker", Annotated[tuple[str, ...], _WORKER], ()),
    ]
    values = msgspec.defstruct(
        "NewQuestionnaire", fields, frozen=True, kw_only=True, forbid_unknown_fields=True
    )
    return Form(values)


NEW_QUESTIONNAIRE = _form()


def change_of(values: Any) -> Change:
    asks = {code: getattr(values, code) for code in (*THEMES, *ABUSE) if getattr(values, code)}
    return Change(
        valid_from=values.valid_from,
        based_on=values.based_on,
        asks=asks,
        also_childrens_worker=values.also_childrens_worker,
    )
