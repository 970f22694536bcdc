"""What a program sent as JSON, written as a browser would have posted it: one set of rules."""

import re
from collections.abc import Mapping
from typing import Any

from app.forms.field import Typed
from app.forms.form import Form

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
UNKNOWN = "There is no such field."
WRONG_KIND = "This must be text, a number, true, false, or a list of them."


def typed_of_json(form: Form[Any], values: Mapping[str, Any]) -> tuple[Typed, dict[str, str]]:
    """As posted, and what cannot be read at all, by field. Null is the same as absent."""
    typed: dict[str, tuple[str, ...]] = {}
    errors: dict[str, str] = {}
    for name, value in values.items():
        if name not in form.names:
            errors[name] = UNKNOWN
        elif value is not None:
            try:
                typed |= _posted(form, name, value)
            except TypeError:
                errors[name] = WRONG_KIND
    return typed, errors


def _posted(form: Form[Any], name: str, value: Any) -> dict[str, tuple[str, ...]]:
    if form.kind_of(name) == "date":
        return _day(name, _text(value))
    if isinstance(value, list):
        many = tuple(_text(one) for one in value)
        return {name: many if form.kind_of(name) == "checkboxes" else (", ".join(many),)}
    return {name: (_text(value),)}


def _day(name: str, text: str) -> dict[str, tuple[str, ...]]:
    """A day that is not written like 2026-11-24 is left for the field to refuse."""
    match = _DAY.fullmatch(text)
    year, month, day = match.groups() if match else (text, text, text)
    return {f"{name}-day": (day,), f"{name}-month": (month,), f"{name}-year": (year,)}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    raise TypeError(value)
