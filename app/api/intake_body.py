"""What a program sends as a referral, described from the steps of the form."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar.openapi.spec import (
    OpenAPIFormat,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    RequestBody,
    Schema,
)

from app.forms.bound import BoundField
from app.forms.form import Form
from app.forms.intake import SOMEBODY_NEW, STEPS

SECTIONS = tuple(name for name in STEPS if name != "same-person")
ALWAYS = ("referral", "children", "needs", "law")
"""Somebody on record is not described again; only some routes have a deadline of their own."""


@dataclass
class TakesReferral(Operation):
    def __post_init__(self) -> None:
        self.request_body = RequestBody(
            {"application/json": OpenAPIMediaType(_body())}, required=True
        )


def _body() -> Schema:
    beside = {
        "person_id": _text("Somebody on record.", format=OpenAPIFormat.UUID),
        "same_person": _text(
            f"Where a refusal asked: one of the ids that it named, or `{SOMEBODY_NEW}`."
        ),
    }
    return Schema(
        type=OpenAPIType.OBJECT,
        properties={**{name: _section(STEPS[name]) for name in SECTIONS}, **beside},
        required=[*ALWAYS],
        additional_properties=False,
    )


def _section(form: Form[Any]) -> Schema:
    fields = form.fields
    return Schema(
        type=OpenAPIType.OBJECT,
        properties={name: _field(bound) for name, bound in fields.items()},
        required=[name for name, bound in fields.items() if not bound.is_optional] or None,
        additional_properties=False,
    )


def _field(bound: BoundField) -> Schema:
    """What suits it best: a number or true is read as its words would be, too."""
    one = _text(bound.field.label, **_narrowed(bound))
    if bound.field.kind != "checkboxes":
        return one
    return Schema(type=OpenAPIType.ARRAY, items=one, unique_items=True)


def _narrowed(bound: BoundField) -> dict[str, Any]:
    if bound.choices:
        return {"enum": [choice.value for choice in bound.choices]}
    if bound.field.kind == "date":
        return {"format": OpenAPIFormat.DATE}
    if bound.wanted is UUID:
        return {"format": OpenAPIFormat.UUID}
    return {"max_length": getattr(bound.field, "max_length", None)}


def _text(description: str, **more: Any) -> Schema:
    return Schema(type=OpenAPIType.STRING, description=description, **more)
