"""Fields that are typed: text, addresses, codes, numbers; and what is carried along unseen."""

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from typing import Any, ClassVar

from msgspec import ValidationError, convert

from app.forms.field import Choice, Field, Typed, Width, first_value
from app.forms.text import FieldError, email_address, many_lines, one_line
from app.present import sentence


@dataclass(frozen=True)
class Text(Field):
    _: KW_ONLY
    max_length: int = 200
    width: Width = "full"
    autocomplete: str = "off"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> str:
        return one_line(
            first_value(typed, name), called=self.name_in_messages, max_length=self.max_length
        )


@dataclass(frozen=True)
class District(Text):
    """The first half of a postcode; the whole of it is more than we need to know."""

    _: KW_ONLY
    hint: str = "The first half, LS9"
    called: str = "the postcode district"
    max_length: int = 4
    width: Width = "5"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> str:
        try:
            return super().read(typed, name, wanted, choices)
        except FieldError:
            raise FieldError("Write the first half of the postcode alone, like LS9") from None


@dataclass(frozen=True)
class Email(Text):
    kind: ClassVar[str] = "email"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> str:
        return email_address(first_value(typed, name), called=self.name_in_messages)


@dataclass(frozen=True)
class Password(Field):
    """Kept exactly as typed, and never filled in again."""

    _: KW_ONLY
    autocomplete: str = "current-password"
    max_length: int = 200
    kind: ClassVar[str] = "password"

    def is_empty(self, typed: Typed, name: str) -> bool:
        return not "".join(typed.get(name, ()))

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> str:
        text = typed[name][0]
        if len(text) > self.max_length:
            raise FieldError(f"Use at most {self.max_length} characters")
        return text

    def words(self, typed: Typed, name: str, choices: Sequence[Choice]) -> str:
        return "Not shown"


@dataclass(frozen=True)
class Code(Field):
    """The six digits from an authenticator; spaces are forgiven."""

    kind: ClassVar[str] = "code"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> str:
        digits = re.sub(r"[\s-]", "", first_value(typed, name))
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise FieldError(f"Enter {self.name_in_messages} as six digits")
        return digits


@dataclass(frozen=True)
class LongText(Field):
    _: KW_ONLY
    rows: int = 5
    max_length: int = 4000
    kind: ClassVar[str] = "long-text"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> str:
        return many_lines(
            first_value(typed, name), called=self.name_in_messages, max_length=self.max_length
        )


@dataclass(frozen=True)
class Number(Field):
    _: KW_ONLY
    least: int = 0
    most: int = 1_000_000
    prefix: str = ""
    suffix: str = ""
    width: Width = "5"
    kind: ClassVar[str] = "number"

    def read(
        self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]
    ) -> int | Decimal:
        text = first_value(typed, name).replace(",", "").removeprefix(self.prefix)
        number = self._number(text.strip(), wanted)
        if not self.least <= number <= self.most:
            raise FieldError(
                f"{sentence(self.name_in_messages)} must be from {self.least:,} to {self.most:,}"
            )
        return number

    def _number(self, text: str, wanted: type) -> int | Decimal:
        is_whole = wanted is int
        pattern = r"-?[0-9]{1,12}" if is_whole else r"-?[0-9]{1,12}(\.[0-9]{1,2})?"
        if not re.fullmatch(pattern, text):
            example = "a whole number, like 12" if is_whole else "a number, like 12.50"
            raise FieldError(f"{sentence(self.name_in_messages)} must be {example}")
        return int(text) if is_whole else Decimal(text)


@dataclass(frozen=True)
class Hidden(Field):
    """Carried along, read like any other value: whoever posts it chose it."""

    kind: ClassVar[str] = "hidden"

    def read(self, typed: Typed, name: str, wanted: type, choices: Sequence[Choice]) -> Any:
        try:
            return convert(first_value(typed, name), wanted, strict=False)
        except ValidationError:
            raise FieldError("This form is out of date: open the page again") from None
