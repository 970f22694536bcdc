"""Regular expressions against 50 kB made to set them backtracking: each within a bound of time."""

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "programmes", "scheduling", "outcomes")
WAYS = ("fullmatch", "match", "search", "findall", "finditer", "split", "sub", "subn")
LENGTH = 50_000
LONGEST_SECONDS = 0.1
PIECES = ("a", "0", " ", "-", ".", "a.", "a ", "a@a.")
ENDS = ("!", "\na")

Used = tuple[str, re.Pattern[str], str]


def used() -> Iterator[Used]:
    """Each expression of the product, where it stands, and each way that it is used."""
    trees = {path: ast.parse(path.read_text()) for path in _files()}
    named: dict[str, set[str]] = {}
    for path, tree in trees.items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            of, way = _way(call)
            named.setdefault(of, set()).add(way)
            if of == "re" and call.args and isinstance(call.args[0], ast.Constant):
                yield f"{path.stem}:{call.lineno}", re.compile(call.args[0].value), way
    for path in trees:
        for name, pattern in _held(path):
            for way in named.get(name, set()) & {*WAYS}:
                yield f"{path.stem}.{name}", pattern, way


def _files() -> list[Path]:
    every = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return [path for path in every if "migrations" not in path.parts]


def _way(call: ast.Call) -> tuple[str, str]:
    """`NAME.search(…)`, also `module.NAME.search(…)`; of `re.search(…)` the name is re."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WAYS:
        return "", ""
    of = call.func.value
    return (of.id if isinstance(of, ast.Name) else getattr(of, "attr", "")), call.func.attr


def _held(path: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The compiled expressions of a module, by their names in it."""
    if "re.compile(" not in path.read_text():
        return
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for name, value in vars(module).items():
        if isinstance(value, re.Pattern):
            yield name, value


def _attacks() -> Iterator[str]:
    for piece in PIECES:
        for end in ENDS:
            yield (piece * LENGTH)[: LENGTH - len(end)] + end


def _seconds(pattern: re.Pattern[str], way: str, text: str) -> float:
    """Processor time: a busy machine must not fail it."""
    subject = text.encode() if isinstance(pattern.pattern, bytes) else text
    started = time.process_time()
    if way.startswith("sub"):
        pattern.sub(subject[:0], subject)
    elif way == "finditer":
        list(pattern.finditer(subject))
    else:
        getattr(pattern, way)(subject)
    return time.process_time() - started


def test_no_expression_runs_away(record_property: Callable[[str, object], None]) -> None:
    found = list(used())
    slowest = {
        (where, way): max(_seconds(pattern, way, text) for text in _attacks())
        for where, pattern, way in found
    }
    record_property("expressions attacked", len(found))
    record_property("ms for the slowest", round(max(slowest.values()) * 1000))
    assert len(found) > 50
    assert {name: took for name, took in slowest.items() if took > LONGEST_SECONDS} == {}


@pytest.mark.parametrize("evil", [r"(a+)+$", r"(a|a)*b"])
def test_a_runaway_expression_would_be_found(evil: str) -> None:
    """On a short text already, doubling with each character."""
    short, longer = (_seconds(re.compile(evil), "search", "a" * size + "!") for size in (12, 20))
    assert longer > 8 * short
