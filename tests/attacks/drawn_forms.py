"""What may be typed into every form, sensible and not, and which route reads which form."""

import random
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from litestar.routes import HTTPRoute

from app.forms.form import Form
from tests.attacks.known import NOBODY
from tests.attacks.payloads import PAYLOADS

Typed = dict[str, list[str]]
ODD_CHARACTERS = "\0\x01\x07\x1b\x7f\x85\xa0\xad\u061c\u200b\u200e\u2028\u202e\u2066\ufeff\ufffe"
WORDS = st.sampled_from(("Sandbeck", "Rang twice", "É. O'Neill", "12", "0", "yes", "<b>&amp;</b>"))
ODD = st.one_of(
    st.text(st.sampled_from(ODD_CHARACTERS + "aé<>&\"'{}%\\"), min_size=1, max_size=12),
    st.sampled_from(("x" * 201, "x" * 5000, "😀" * 4001, " ", "\r\n", "a\0b", "-1", "1e400")),
    st.sampled_from(("9" * 19, "9" * 400, "-0", "0.001", "٣", "NaN", "None", "[]", "'; --", "../")),
    st.text(max_size=30),
    st.sampled_from(PAYLOADS),
)
DAYS = st.sampled_from(
    (("1", "6", "2026"), ("29", "2", "2028"), ("31", "12", "2099"), ("1", "1", "1900"))
)
ODD_DAYS = st.one_of(
    st.sampled_from((("31", "2", "2026"), ("0", "0", "0"), ("1", "1", "9999"), ("", "6", "2026"))),
    st.tuples(ODD, ODD, ODD),
)
TIMES = st.sampled_from(("6:30pm", "18:00", "1:30am first", "midnight"))
POSTED_BY_HAND = ("outcome", "reason", "note", "status", "after", "kind", "version", "answer_1")
"""Names that routes read which have no form, or one that is made as they are asked."""


def posts(app: Any) -> Iterator[tuple[str, Any, list[Form[Any]]]]:
    """Each address that a page posts to, its handler, and the forms that it can come to read."""
    for route in app.routes:
        if isinstance(route, HTTPRoute) and not route.path.startswith("/api/"):
            for handler in route.route_handlers:
                if "POST" in handler.http_methods:
                    found = {id(one): one for one in _forms_of(handler.fn, 0)}
                    yield route.path_format, handler, list(found.values())


def _forms_of(function: types.FunctionType, depth: int) -> Iterator[Form[Any]]:
    for code in _codes(function.__code__):
        for name in code.co_names:
            value = function.__globals__.get(name)
            yield from _forms_in(value)
            is_ours = isinstance(value, types.FunctionType) and value.__module__[:4] == "app."
            if is_ours and depth < 3:
                yield from _forms_of(value, depth + 1)


def _forms_in(value: Any) -> Iterator[Form[Any]]:
    held = value.values() if isinstance(value, Mapping) else (value,)
    yield from (one for one in held if isinstance(one, Form))


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def typed_into(forms: list[Form[Any]], known: dict[str, list[str]]) -> st.SearchStrategy[Typed]:
    """Mostly what fits; a field in four does not; some are missing, doubled, or nobody's."""
    filled = [_filled(form, known) for form in forms]
    by_hand = st.dictionaries(st.sampled_from(POSTED_BY_HAND), _values(WORDS), max_size=4)
    body = st.one_of(*filled) if filled else by_hand
    return st.tuples(body, _carried(), _extra()).map(lambda parts: parts[0] | parts[1] | parts[2])


def _filled(form: Form[Any], known: dict[str, list[str]]) -> st.SearchStrategy[Typed]:
    fields = [_field(name, bound, known) for name, bound in form.fields.items()]
    return st.tuples(*fields).map(lambda each: {k: v for one in each for k, v in one.items()})


def _field(name: str, bound: Any, known: dict[str, list[str]]) -> st.SearchStrategy[Typed]:
    if bound.field.kind == "date":
        names = bound.field.posted_names(name)
        day = st.one_of(DAYS, DAYS, DAYS, ODD_DAYS)
        return day.map(lambda parts: {n: [p] for n, p in zip(names, parts, strict=True)})
    fits = _values(_fitting(name, bound, known))
    odd = st.one_of(_values(ODD), st.just([]), st.lists(ODD, min_size=2, max_size=3))
    return st.one_of(fits, fits, fits, odd).map(lambda values: {name: values})


def _values(one: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return one.map(lambda value: [value])


def _fitting(name: str, bound: Any, known: dict[str, list[str]]) -> st.SearchStrategy[str]:
    field, choices = bound.field, bound.choices
    if choices:
        return st.sampled_from([choice.value for choice in choices])
    for of in (name, f"{name}_id"):
        if of in known:
            return st.sampled_from(known[of])
    if bound.wanted is UUID:
        return st.sampled_from([one[0] for one in known.values()])
    if field.kind == "number":
        return st.integers(field.least, field.most).map(str)
    by_kind = {"time": TIMES, "tick": st.just("yes"), "email": st.just("sam@example.org")}
    return by_kind.get(field.kind, WORDS)


def _carried() -> st.SearchStrategy[Typed]:
    """A submission of its own, mostly, and the version of a record that nobody has changed."""
    of_its_own = st.uuids(version=4).map(str)
    submission = st.one_of(of_its_own, of_its_own, of_its_own, ODD)
    version = st.one_of(st.sampled_from(("0", "1", "2", "")), st.sampled_from(("0", "1")), ODD)
    return st.tuples(submission, version).map(
        lambda two: {"submission": [two[0]], "version": [two[1]]}
    )


def _extra() -> st.SearchStrategy[Typed]:
    none: st.SearchStrategy[Typed] = st.just({})
    stranger = st.tuples(ODD, ODD).map(lambda two: {two[0]: [two[1]]})
    return st.one_of(none, none, none, stranger)


def drawn(strategy: st.SearchStrategy[Any], count: int, *, of: int | None = None) -> list[Any]:
    """The same ones at every run; `of` a number, those of that number."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(strategy)
    def collect(one: Any) -> None:
        found.append(one)

    (collect if of is None else seed(of)(collect))()
    return found[:count]


Pick = Callable[[list[str]], str]


def somewhere(path: str, known: dict[str, list[str]], pick: Pick) -> str:
    """The address with ids of what is there, where anything is."""
    parts = path.split("/")
    named = {part: known.get(part.strip("{}"), [str(NOBODY)]) for part in parts if part[:1] == "{"}
    return "/".join(pick(named[part]) if part in named else part for part in parts)


def in_turn(turn: int) -> Pick:
    return lambda values: values[turn % len(values)]


def anything_of(source: random.Random) -> Pick:
    """Any of them, and one time in ten nobody's."""
    return lambda values: source.choice(values) if source.random() < 0.9 else str(NOBODY)
