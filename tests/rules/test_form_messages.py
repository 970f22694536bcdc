"""What is said of a field that was left empty or filled in wrongly reads as a sentence."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import app.forms
from app.forms.field import Field
from app.forms.fields import District, FieldError, Hidden, Tick
from app.forms.form import Form

BEGIN_A_NAME = re.compile(
    r"(the|a|an|another|anything|your|their|who|whom|whose|what|when|why|how|where|which|whether|until"
    r"|after which|for (how|who)|out of how|with(in)?) ?"
)


def fields() -> Iterator[tuple[str, str, Field]]:
    for module in pkgutil.iter_modules(app.forms.__path__):
        for value in vars(importlib.import_module(f"app.forms.{module.name}")).values():
            if isinstance(value, Form):
                for name, bound in value.fields.items():
                    yield module.name, name, bound.field


def test_enter_or_select_is_followed_by_what_one_would_say() -> None:
    named = {
        (module, name, field.name_in_messages)
        for module, name, field in fields()
        if not isinstance(field, Hidden | Tick)
    }
    assert len(named) > 300
    assert [one for one in sorted(named) if not BEGIN_A_NAME.match(one[2])] == []


@pytest.mark.parametrize("typed", ["LS9 8AA", "Leeds", "LS9\u200b"])
def test_a_whole_postcode_is_not_taken_and_the_message_says_what_is(typed: str) -> None:
    field = District("Postcode district")
    with pytest.raises(FieldError) as refused:
        field.read({"district": (typed,)}, "district", str, ())
    assert refused.value.message == "Write the first half of the postcode alone, like LS9"
    assert field.read({"district": (" LS17 ",)}, "district", str, ()) == "LS17"
