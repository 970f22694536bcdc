"""Fields that are chosen rather than typed."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from msgspec import ValidationError, convert

from app.forms.field import Choice, Field, Typed, first_value
from app.forms.text import FieldError
from app.present import listed, yes_or_no


@dataclass(frozen=True)
class Radios(Field):
    """One of a few. `reveals` maps a choice to the field that is asked only with it."""

    _: KW_ONLY
    choices: tuple[Choice, ...] = ()
    reveals: Mapping[str, str] | None = None
    is_inline: bool = False
    kind: ClassVar[str] = "radios"

    def missing(self) -> str:
        return f"Select {self.name_in_messages}"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> Any:
        return self._known(first_value(typed, name), wanted, choices)

    def _known(self, value: str, wanted: type, choices: Sequence[Choice]) -> Any:
        if all(choice.value != value for choice in choices):
            raise FieldError(f"Select {self.name_in_messages} from the list")
        try:
            return convert(value, wanted, strict=False)
        except ValidationError:
            raise FieldError(f"Select {self.name_in_messages} from the list") from None

    def words(self, typed: Typed, name: str, choices: Sequence[Choice]) -> str:
        return listed([c.text for c in choices if c.value in typed.get(name, ())])


@dataclass(frozen=True)
class Select(Radios):
    """One of many."""

    kind: ClassVar[str] = "select"


@dataclass(frozen=True)
class Checkboxes(Radios):
    """Any of a few, read as a tuple."""

    kind: ClassVar[str] = "checkboxes"

    def read(
        self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]
    ) -> tuple[Any, ...]:
        return tuple(self._known(value, wanted, choices) for value in typed.get(name, ()))

    def write(self, value: Sequence[Any], name: str) -> dict[str, tuple[str, ...]]:
        return {name: tuple(str(item) for item in value)}


@dataclass(frozen=True)
class Tick(Field):
    """One box to tick: "I have …". Left empty it reads as no, unless it must be ticked."""

    _: KW_ONLY
    is_required: bool = False
    kind: ClassVar[str] = "tick"

    def missing(self) -> str:
        return f"Tick the box: {self.called or self.label}"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> bool:
        return first_value(typed, name) == "yes"

    def write(self, value: bool, name: str) -> dict[str, tuple[str, ...]]:
        return {name: ("yes",)} if value else {}

    def words(self, typed: Typed, name: str, choices: Sequence[Choice]) -> str:
        return yes_or_no(first_value(typed, name) == "yes")
