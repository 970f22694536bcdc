"""What every kind of field does: reads what was typed, refuses it in words, writes it back."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Literal

from msgspec import Struct

from app.present import mid_sentence

Typed = Mapping[str, tuple[str, ...]]
"""What the browser posted: each name with all its values."""

Width = Literal["2", "3", "4", "5", "10", "20", "30", "full"]


class Choice(Struct, frozen=True):
    """One thing to choose. `reveals` names a field that is asked only where this is chosen."""

    value: str
    text: str
    hint: str = ""


def first_value(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip() if values else ""


@dataclass(frozen=True)
class Field:
    """`called` stands in messages ("Enter …"); it is the label, where that is not a question."""

    label: str
    _: KW_ONLY
    hint: str = ""
    called: str = ""
    kind: ClassVar[str] = "text"

    @property
    def name_in_messages(self) -> str:
        return self.called or mid_sentence(self.label)

    def posted_names(self, name: str) -> tuple[str, ...]:
        return (name,)

    def first_id(self, name: str) -> str:
        """The input that a link from the error summary leads to."""
        return name

    def is_empty(self, typed: Typed, name: str) -> bool:
        return not any(first_value(typed, part) for part in self.posted_names(name))

    def missing(self) -> str:
        return f"Enter {self.name_in_messages}"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> Any:
        raise NotImplementedError

    def write(self, value: Any, name: str) -> dict[str, tuple[str, ...]]:
        return {name: (str(value),)}

    def words(self, typed: Typed, name: str, choices: Sequence[Choice]) -> str:
        return first_value(typed, name)
