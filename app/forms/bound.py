"""Reads a Struct's annotations: which field stands at which name, and what it must become."""

import types
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct

from app.forms.field import Choice, Field
from app.labels import label


class BoundField(Struct, frozen=True):
    """A field at its place in the Struct."""

    name: str
    field: Field
    wanted: Any
    default: object
    choices: tuple[Choice, ...]

    @property
    def is_optional(self) -> bool:
        return self.default is not msgspec.NODEFAULT


def bound_field(name: str, hint: Any, default: object) -> BoundField:
    annotated, *notes = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
    field = next((note for note in notes if isinstance(note, Field)), None)
    if field is None:
        raise ValueError(f"{name} has no field")
    if "?" in field.label and not field.called:
        raise ValueError(f"{name}: a label that asks needs `called` for its messages")
    wanted, may_be_none = _without_none(annotated)
    if may_be_none and default is msgspec.NODEFAULT:
        default = None
    return BoundField(name, field, wanted, _implied(field, default), _fixed_choices(field, wanted))


def _implied(field: Field, default: object) -> object:
    """A box that need not be ticked reads as no when it is not posted."""
    is_free_tick = field.kind == "tick" and not getattr(field, "is_required", False)
    return False if is_free_tick and default is msgspec.NODEFAULT else default


def _without_none(annotated: Any) -> tuple[Any, bool]:
    """The type inside `X | None`, and inside `tuple[X, ...]`."""
    if isinstance(annotated, types.UnionType):
        (inner,) = [part for part in get_args(annotated) if part is not types.NoneType]
        return inner, True
    if get_origin(annotated) is tuple:
        return get_args(annotated)[0], False
    return annotated, False


def _fixed_choices(field: Field, wanted: Any) -> tuple[Choice, ...]:
    given: tuple[Choice, ...] = getattr(field, "choices", ())
    is_enum = isinstance(wanted, type) and issubclass(wanted, StrEnum)
    if given or not is_enum or field.kind == "hidden":
        return given
    return tuple(Choice(member.value, label(member)) for member in wanted)


def revealed_by(fields: Mapping[str, BoundField]) -> dict[str, tuple[str, str]]:
    revealed: dict[str, tuple[str, str]] = {}
    for name, bound in fields.items():
        for choice, shown in (getattr(bound.field, "reveals", None) or {}).items():
            if not fields[shown].is_optional:
                raise ValueError(f"{shown} is only sometimes asked: let it be None")
            revealed[shown] = (name, choice)
    return revealed
