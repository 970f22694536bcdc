"""A form, described once by a Struct: shown, filled in, read, refused, compared."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar, get_type_hints
from uuid import UUID

import msgspec
from litestar import Request
from msgspec import Struct

from app.forms.bound import BoundField, bound_field, revealed_by
from app.forms.field import Choice, Typed, first_value
from app.forms.text import FieldError
from app.forms.view import FieldView, FormView
from app.web.components import Difference, Fact
from programmes.common.errors import Conflict, DomainError, Invalid, Refused

Values = TypeVar("Values", bound=Struct)
Choices = Mapping[str, Sequence[Choice]]

NO_CHOICES: Choices = {}
SUBMISSION, VERSION = "submission", "version"
OUT_OF_DATE = "This form is out of date. Open the page again and fill it in once more."


class Submitted(Struct, Generic[Values], frozen=True):
    """What was sent: the values, the id that makes a second press the same write, and the version
    of the record that the person was looking at (None for something new)."""

    values: Values
    submission: UUID
    version: int | None


class Form(Generic[Values]):
    """`prefix` begins the ids, where a page holds two forms that ask for the same. `first` names
    what a page asks before the fields of the Struct it builds on: messages come in its order.
    `beside` names what is read beside the form: a file that was not chosen is sent as no text.

    Raises ValueError at once for a Struct that cannot be a form.
    """

    def __init__(
        self,
        values: type[Values],
        *,
        prefix: str = "",
        first: Sequence[str] = (),
        beside: Sequence[str] = (),
    ) -> None:
        self.values = values
        self._prefix = f"{prefix}-" if prefix else ""
        self._beside = beside
        hints = get_type_hints(values, include_extras=True)
        infos = {info.name: info for info in msgspec.structs.fields(values)}
        self._fields = {
            name: bound_field(name, hints[name], infos[name].default)
            for name in dict.fromkeys((*first, *infos))
        }
        self._revealed_by = revealed_by(self._fields)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)

    @property
    def fields(self) -> Mapping[str, BoundField]:
        return self._fields

    def kind_of(self, name: str) -> str:
        return self._fields[name].field.kind

    def read(self, typed: Typed, *, choices: Choices = NO_CHOICES) -> Values:
        """The values alone, of what was posted or stored as posted. Raises Invalid."""
        return self._read(typed, choices)

    def blank(
        self,
        submission: UUID,
        *,
        version: int | None = None,
        choices: Choices = NO_CHOICES,
        initial: Mapping[str, Any] | None = None,
    ) -> FormView:
        """To be filled in; `initial` gives what is known already."""
        carried = {
            SUBMISSION: (str(submission),),
            VERSION: ("" if version is None else str(version),),
        }
        return self._view({**carried, **self._written(initial or {})}, choices)

    def filled(
        self,
        values: Values,
        submission: UUID,
        *,
        version: int | None = None,
        choices: Choices = NO_CHOICES,
    ) -> FormView:
        """To be changed: as it is stored now."""
        initial = msgspec.structs.asdict(values)
        return self.blank(submission, version=version, choices=choices, initial=initial)

    def parse(self, typed: Typed, *, choices: Choices = NO_CHOICES) -> Submitted[Values]:
        """Raises Invalid with one message for each field that cannot be used."""
        self._refuse_strangers(typed)
        values = self._read(typed, choices)
        try:
            version = first_value(typed, VERSION)
            return Submitted(
                values, UUID(first_value(typed, SUBMISSION)), int(version) if version else None
            )
        except ValueError:
            raise Invalid({SUBMISSION: OUT_OF_DATE}) from None

    def checked(self, values: Values, *, choices: Choices = NO_CHOICES) -> Values:
        """The same rules for what came as JSON. Raises Invalid."""
        return self._read(self._written(msgspec.structs.asdict(values)), choices)

    def refused(
        self, typed: Typed, refusal: DomainError, *, choices: Choices = NO_CHOICES
    ) -> FormView:
        """As it was typed; messages of Invalid stand beside their fields, other reasons above."""
        return self._view(typed, choices, refusal)

    def differences(
        self, typed: Typed, conflict: Conflict, *, choices: Choices = NO_CHOICES
    ) -> tuple[Difference, ...]:
        """Field by field what was typed and what is stored; `conflict.current` is in words."""
        return tuple(
            Difference(
                bound.field.label,
                bound.field.words(typed, name, _choices(bound, choices)),
                conflict.current[name],
            )
            for name, bound in self._fields.items()
            if name in conflict.current
        )

    def answers(
        self, typed: Typed, *, change: str = "", choices: Choices = NO_CHOICES
    ) -> tuple[Fact, ...]:
        """For a page that asks to check before it is done; `change` leads back to the form."""
        return tuple(
            Fact(
                bound.field.label,
                bound.field.words(typed, name, _choices(bound, choices)) or "Not given",
                f"{change}#{bound.field.first_id(self._prefix + name)}" if change else "",
            )
            for name, bound in self._fields.items()
            if bound.field.kind != "hidden" and self._is_asked(name, typed)
        )

    def _refuse_strangers(self, typed: Typed) -> None:
        known = {SUBMISSION, VERSION, *self._beside}
        for name, bound in self._fields.items():
            known.update(bound.field.posted_names(name))
        if typed.keys() - known:
            raise Invalid({SUBMISSION: OUT_OF_DATE})

    def _read(self, typed: Typed, choices: Choices) -> Values:
        found: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for name, bound in self._fields.items():
            try:
                found[name] = self._read_one(bound, typed, choices)
            except FieldError as refusal:
                errors[name] = refusal.message
        if errors:
            raise Invalid(errors)
        return self.values(**found)

    def _read_one(self, bound: BoundField, typed: Typed, choices: Choices) -> Any:
        name, field = bound.name, bound.field
        if not self._is_asked(name, typed):
            return bound.default
        if field.is_empty(typed, name):
            if bound.is_optional and name not in self._revealed_by:
                return bound.default
            raise FieldError(field.missing())
        return field.read(typed, name, bound.wanted, _choices(bound, choices))

    def _is_asked(self, name: str, typed: Typed) -> bool:
        if name not in self._revealed_by:
            return True
        asker, choice = self._revealed_by[name]
        return choice in typed.get(asker, ())

    def _written(self, values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        written: dict[str, tuple[str, ...]] = {}
        for name, value in values.items():
            if value is not None:
                written |= self._fields[name].field.write(value, name)
        return written

    def _view(self, typed: Typed, choices: Choices, refusal: DomainError | None = None) -> FormView:
        errors = dict(refusal.errors) if isinstance(refusal, Invalid) else {}
        fields = {
            name: FieldView(
                name=name,
                prefix=self._prefix,
                field=bound.field,
                typed={} if bound.field.kind == "password" else typed,
                choices=tuple(_choices(bound, choices)),
                error=errors.get(name, ""),
                is_optional=bound.is_optional and name not in self._revealed_by,
                is_revealed=name in self._revealed_by,
            )
            for name, bound in self._fields.items()
        }
        return FormView(
            fields=fields,
            reasons=_reasons(refusal, errors.keys() - fields.keys()),
            submission=first_value(typed, SUBMISSION),
            version=first_value(typed, VERSION),
        )


async def typed_form(request: Request[Any, Any, Any]) -> Typed:
    """What the browser posted. Files are not read here."""
    form = await request.form()
    posted: dict[str, tuple[str, ...]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            posted[name] = (*posted.get(name, ()), value)
    return posted


def _reasons(refusal: DomainError | None, strangers: set[str]) -> tuple[str, ...]:
    if isinstance(refusal, Refused):
        return refusal.reasons
    if isinstance(refusal, Invalid):
        return tuple(refusal.errors[name] for name in sorted(strangers))
    return (refusal.message,) if refusal else ()


def _choices(bound: BoundField, choices: Choices) -> Sequence[Choice]:
    return choices.get(bound.name, bound.choices)
