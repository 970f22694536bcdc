"""What a template needs to show a form: labels, what was typed, what is wrong."""

from collections.abc import Mapping

from msgspec import Struct

from app.forms.field import Choice, Field, Typed, first_value
from app.web.components import Link


class FieldView(Struct, frozen=True, kw_only=True):
    name: str
    prefix: str
    field: Field
    typed: Typed
    choices: tuple[Choice, ...]
    error: str
    is_optional: bool
    is_revealed: bool

    @property
    def label(self) -> str:
        shows_optional = self.is_optional and self.field.kind != "tick"
        return f"{self.field.label} (optional)" if shows_optional else self.field.label

    @property
    def id(self) -> str:
        """Its own on the page, also where two forms ask for the same thing."""
        return f"{self.prefix}{self.name}"

    @property
    def first_id(self) -> str:
        return self.field.first_id(self.id)

    def typed_as(self, posted_name: str) -> str:
        return first_value(self.typed, posted_name)

    @property
    def value(self) -> str:
        return self.typed_as(self.name)

    def is_chosen(self, choice: Choice) -> bool:
        return choice.value in self.typed.get(self.name, ())

    def revealed_by(self, choice: Choice) -> str | None:
        reveals: Mapping[str, str] = getattr(self.field, "reveals", None) or {}
        return reveals.get(choice.value)


class FormView(Struct, frozen=True, kw_only=True):
    """`reasons` are refusals that belong to no one field."""

    fields: Mapping[str, FieldView]
    reasons: tuple[str, ...]
    submission: str
    version: str

    @property
    def is_refused(self) -> bool:
        return bool(self.reasons) or any(field.error for field in self.fields.values())

    @property
    def messages(self) -> list[Link]:
        """For the error summary, in the order of the page; a reason links nowhere."""
        by_field = [
            Link(field.error, f"#{field.first_id}") for field in self.fields.values() if field.error
        ]
        return [*by_field, *(Link(reason, "") for reason in self.reasons)]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Everything typed, as hidden inputs: for a page that asks to confirm."""
        pairs = [("submission", self.submission), ("version", self.version)]
        for name, field in self.fields.items():
            for part in field.field.posted_names(name):
                pairs.extend((part, value) for value in field.typed.get(part, ()))
        return pairs

    def __getitem__(self, name: str) -> FieldView:
        return self.fields[name]
