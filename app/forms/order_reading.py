"""From the form of an order to what the law is held against, and its refusals back to fields."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import UUID

from app.forms.orders import CONDITIONS_ON_A_PAGE, EnterOrder
from app.forms.wall_clock import instant
from programmes.common.errors import Invalid
from programmes.orders.commands import NewCondition, NewOrder
from programmes.orders.words import KindCode

_FIELD_OF = {
    "served_at": "served_on",
    "hearing_at": "hearing_on",
    "arrested_at": "arrested_on",
}


def new_order(values: EnterOrder, person_id: UUID) -> NewOrder:
    """Raises Invalid beside every field that has only half of what it needs."""
    errors: dict[str, str] = {}
    moments = {}
    for name, called in (
        ("served", "service"),
        ("hearing", "the hearing"),
        ("arrested", "the arrest"),
    ):
        day, at = getattr(values, f"{name}_on"), getattr(values, f"{name}_time")
        try:
            moments[f"{name}_at"] = instant(day, at, name=name, called=called)
        except Invalid as invalid:
            errors |= invalid.errors
    errors |= _half_conditions(values)
    if errors:
        raise Invalid(errors)
    return NewOrder(
        person_id=person_id,
        kind=KindCode(values.kind),
        area=values.area,
        made_on=values.made_on,
        authority=values.authority,
        issued_by=values.issued_by,
        ends_on=values.ends_on,
        offence_on=values.offence_on,
        assault_statement_on=values.assault_statement_on,
        follows_id=UUID(values.follows) if values.follows else None,
        conditions=tuple(_condition(values, number) for number in _numbers(values)),
        **moments,
    )


def beside_fields(errors: Mapping[str, str], values: EnterOrder) -> dict[str, str]:
    """The command counts the conditions that were given; the form, all that it asks for."""
    numbers = dict(enumerate(_numbers(values), start=1))
    return {_field(name, numbers): message for name, message in errors.items()}


def _field(name: str, numbers: Mapping[int, int]) -> str:
    word, _, rest = name.partition("_")
    if word != "condition":
        return _FIELD_OF.get(name, name)
    number, _, part = rest.partition("_")
    return f"condition_{numbers[int(number)]}_{part or 'kind'}"


def _numbers(values: EnterOrder) -> list[int]:
    return [
        number
        for number in range(1, CONDITIONS_ON_A_PAGE + 1)
        if getattr(values, f"condition_{number}_kind") is not None
    ]


def _half_conditions(values: EnterOrder) -> dict[str, str]:
    found: dict[str, str] = {}
    for number in range(1, CONDITIONS_ON_A_PAGE + 1):
        kind, wording = _of(values, number, "kind"), _of(values, number, "wording")
        if wording and kind is None:
            found[f"condition_{number}_kind"] = f"Select the kind of condition {number}"
        if kind is not None and not wording:
            found[f"condition_{number}_wording"] = f"Enter the wording of condition {number}"
    return found


def _condition(values: EnterOrder, number: int) -> NewCondition:
    return NewCondition(
        kind=_of(values, number, "kind"),
        wording=_of(values, number, "wording") or "",
        weekdays=", ".join(_of(values, number, "days")) or None,
        from_time=_clock(_of(values, number, "from")),
        until_time=_clock(_of(values, number, "until")),
        responsible_person=_of(values, number, "responsible"),
        ends_on=_of(values, number, "ends_on"),
    )


def _of(values: EnterOrder, number: int, part: str) -> Any:
    return getattr(values, f"condition_{number}_{part}")


def _clock(at: time | None) -> str | None:
    return None if at is None else f"{at:%H:%M}"
