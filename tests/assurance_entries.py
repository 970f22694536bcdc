"""The stored record of what was run, made from junit files of any number of runs.

One entry for each long form, and one for the short forms of a file. It takes the place of an older
one of the same; the others stay.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import msgspec

ROOT = Path(__file__).resolve().parents[1]
RECORD = Path(__file__).with_name("assurance_record.json")
INTRUDER = ROOT / "tests" / "rules" / "simulation_record.json"
INTRUDER_FILE = "tests/rules/simulation_record.py"
OF_THE_INTRUDER = (
    "services",
    "released cells",
    "exact recoveries",
    "under four values",
    "certain",
    "mean advantage",
)
LARGEST = ("most", "slowest", "guessed right")
"""What is not added up where several tests count the same: the largest counts."""
NO_FIGURES = frozenset({"form"})
Figure = int | float | str


class Refused(ValueError):
    """The record, or what was to join it, does not say what anybody would need to run it again."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a long form came to, or the short forms of a file: `test` is its file alone."""

    test: str
    form: str
    passed: int = 0
    failed: int = 0
    left_out: int = 0
    seconds: float
    counted: dict[str, Figure] = {}
    commit: str
    ran_on: date
    command: str

    @property
    def file(self) -> str:
        return self.test.partition("::")[0]

    @property
    def key(self) -> tuple[str, str]:
        return self.test, self.form


def commit_here() -> str:
    """Empty where this is no repository, or there is no git."""
    asking = ["git", "rev-parse", "--short=7", "HEAD"]
    try:
        return subprocess.run(
            asking, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def entries_of(junit: ElementTree.Element, *, commit: str = "") -> Iterator[Entry]:
    """Of every suite in the file. `commit` stands in where the run did not say its own."""
    for suite in junit.iter("testsuite"):
        said = suite.find("properties/property[@name='commit']")
        commit_of_run = commit if said is None else said.get("value", "")
        ran_on = datetime.fromisoformat(suite.get("timestamp", "")).date()
        for case in suite.iterfind("testcase"):
            yield _entry(case, commit_of_run, ran_on)


def _entry(case: ElementTree.Element, commit: str, ran_on: date) -> Entry:
    kinds = {child.tag for child in case}
    left_out, failed = "skipped" in kinds, bool(kinds & {"failure", "error"})
    said = {
        one.get("name", ""): one.get("value", "") for one in case.iterfind("properties/property")
    }
    form, file = said.get("form", "short"), _file(case.get("classname", ""))
    return Entry(
        test=f"{file}::{case.get('name')}",
        form=form,
        passed=int(not failed and not left_out),
        failed=int(failed),
        left_out=int(left_out and not failed),
        seconds=round(float(case.get("time", 0)), 1),
        counted={name: _figure(said[name]) for name in said if name not in NO_FIGURES},
        commit=commit,
        ran_on=ran_on,
        command=command_for(file, form),
    )


def entries_of_intruder() -> Iterator[Entry]:
    """Of a run of tests/rules/simulation_record.py, which keeps a record of its own."""
    runs = json.loads(INTRUDER.read_text())
    for run in runs if isinstance(runs, list) else [runs]:
        first, last = run["seeds"]
        is_kept = not (run["exact recoveries"] or run["under four values"] or run["certain"])
        yield Entry(
            test=f"{INTRUDER_FILE}::from seed {first}",
            form="long",
            passed=int(is_kept),
            failed=int(not is_kept),
            seconds=float(run["processor seconds"]),
            counted={name: run[name] for name in OF_THE_INTRUDER},
            commit=run["commit"],
            ran_on=date.fromisoformat(run["run on"]),
            command=f"python -m {module_of(INTRUDER_FILE)} {first} {last}",
        )


def module_of(file: str) -> str:
    return file.removesuffix(".py").replace("/", ".")


def _file(classname: str) -> str:
    """`tests.wall.test_crawl`, with a class behind it or not."""
    parts = classname.split(".")
    module = next((n for n, part in enumerate(parts) if part.startswith("test_")), len(parts) - 1)
    return "/".join(parts[: module + 1]) + ".py"


def _figure(text: str) -> Figure:
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text


def command_for(file: str, form: str) -> str:
    deep = " --deep" if form == "long" else ""
    return f"python3 run.py test{deep} -n 0 {file}"


def folded(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The short forms of a file as one entry; long forms, which run by themselves, as they are."""
    short: dict[str, list[Entry]] = {}
    for one in entries:
        if one.form == "short":
            short.setdefault(one.file, []).append(one)
        else:
            yield one
    for file, of_file in short.items():
        yield msgspec.structs.replace(
            of_file[0],
            test=file,
            passed=sum(one.passed for one in of_file),
            failed=sum(one.failed for one in of_file),
            left_out=sum(one.left_out for one in of_file),
            seconds=round(sum(one.seconds for one in of_file), 1),
            counted=together(of_file),
        )


def together(entries: Iterable[Entry]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for entry in entries:
        for name, value in entry.counted.items():
            found[name] = _both(name, found[name], value) if name in found else value
    return found


def _both(name: str, first: Figure, second: Figure) -> Figure:
    if isinstance(first, str) or isinstance(second, str):
        return f"{first} and {second}"
    if any(word in name for word in LARGEST):
        return max(first, second)
    if isinstance(first, int) and isinstance(second, int):
        return first + second
    return f"{first} and {second}"


def merged(stored: Iterable[Entry], new: Iterable[Entry]) -> list[Entry]:
    """By test and form. What was left out this time does not take away what was run before."""
    found = {one.key: one for one in stored}
    for one in new:
        if not (one.left_out and one.key in found and found[one.key].form == "long"):
            found[one.key] = one
    return sorted(found.values(), key=lambda one: one.key)


def read(text: str) -> list[Entry]:
    """Raises Refused where an entry does not say of which commit it is, or how to run it again."""
    try:
        entries = msgspec.json.decode(text, type=list[Entry])
    except msgspec.MsgspecError as problem:
        raise Refused(str(problem)) from problem
    return checked(entries)


def checked(entries: Iterable[Entry]) -> list[Entry]:
    known = list(entries)
    for one in known:
        if not re.fullmatch(r"[0-9a-f]{7,40}", one.commit):
            raise Refused(f"{one.test}: of which commit was the run? Add --commit")
        if one.file not in one.command and module_of(one.file) not in one.command:
            raise Refused(f"{one.test}: no command that runs it again")
    return known


def text_of(entries: Iterable[Entry]) -> str:
    rows = [msgspec.json.encode(one).decode() for one in entries]
    return "[\n" + ",\n".join(rows) + "\n]\n"
