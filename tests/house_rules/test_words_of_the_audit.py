"""Every act and every kind of record that the product puts into the audit has plain words."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from piccolo.table import Table

import app
from app.cli import token, user
from app.job_list import JOBS
from app.labels.acts import ACTS, act_in_words
from app.labels.columns import COLUMNS, columns_in_words
from app.labels.jobs import JOB_WORDS
from app.labels.records import RECORDS, record_in_words
from app.migration import guarded_tables
from outcomes.subject_access.erasure_sql_commands import erased_columns
from programmes.common.db import Side
from programmes.common.tables import Account, Passkey, SignIn
from programmes.emergencies.commands import FOUND_NOBODY
from programmes.linked_sign_ins.tables import LinkedSignIn
from programmes.referrals.export_queries import LISTS

ROOT = Path(app.__file__).parents[1]
PLACES = {"begin": 2, "name_act": 0, "note": 1, "_settle": 3, "_acting": 3}
"""Where these calls take the act, if not by its name."""
SAID_OTHERWISE = {
    "sign-in", "refused-sign-in", "migrate", "note-not-offered", FOUND_NOBODY,
}  # fmt: skip
"""By SQL, or handed on to where it is noted."""
NOTING = {*PLACES, "as_operator", "acting", "note_reading"}
OF_KINDS = ("read", "job", "refused", "load")
"""Said by what follows: the record that was read, the job that was run."""


@cache
def calls() -> tuple[tuple[str, ast.Call, dict[str, str]], ...]:
    """Each that notes, by its function's name, with the texts that its module gives a name."""
    return tuple(_calls())


def _calls() -> Iterator[tuple[str, ast.Call, dict[str, str]]]:
    for package in ("app", "programmes", "scheduling", "outcomes"):
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text()
            if not any(f"{name}(" in text for name in NOTING):
                continue
            tree = ast.parse(text)
            named = dict(_named_texts(tree))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in NOTING:
                        yield name, node, named


def _named_texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((ast.unparse(one), str(node.value.value)) for one in targets)


def texts(node: ast.expr | None, named: dict[str, str]) -> set[str]:
    """The text that stands there, or none where it is made up on the way."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=name) if name in named:
            return {named[name]}
    return set()


def acts_of_the_code() -> set[str]:
    found = set(SAID_OTHERWISE)
    for name, call, named in calls():
        by_name = {one.arg: one.value for one in call.keywords}
        place = PLACES.get(name)
        given = call.args[place] if place is not None and len(call.args) > place else None
        if name in (*PLACES, "as_operator"):
            found |= texts(by_name.get("act", given), named)
        if name == "acting" and call.args:
            found |= {one for one in texts(call.args[0], named) if "@" not in one}
        if name == "note_reading" and call.args:
            found |= {f"read-{one}" for one in texts(call.args[0], named)}
    return found | {f"{one}-{what}" for one, what in _of_the_command_line()}


def _of_the_command_line() -> Iterator[tuple[str, str]]:
    for module, what in ((token, "tokens"), (user, "account")):
        text = Path(module.__file__).read_text()
        (choices,) = [line for line in text.splitlines() if 'add_argument("act", choices=' in line]
        for one in ast.literal_eval(choices.partition("choices=")[2].rpartition(")")[0]):
            if (one, what) != ("list", "account"):
                yield one, what


def records_of_the_code() -> set[str]:
    found = set(LISTS)
    for name, call, named in calls():
        by_name = {one.arg: one.value for one in call.keywords}
        if name == "note":
            found |= texts(by_name.get("resource"), named)
        if name == "note_reading" and call.args:
            found |= texts(call.args[0], named)
    return found


UPDATE_GRANTS = re.compile(
    r"UPDATE \((?P<columns>[^)]*)\)\s+ON auth\.(account|passkey|linked_sign_in) "
)
"""What the door's own tables, which no list of ours guards, let a login change."""


def tables() -> set[str]:
    """Those whose every write is noted, by their own trigger or by the door."""
    guarded = [one.table for side in Side for one in guarded_tables(side) if one.audited]
    noted = [*guarded, Account, LinkedSignIn, Passkey, SignIn]
    return {table._meta.tablename for table in noted}


def columns_that_change() -> set[str]:
    """Of tables whose writes are noted: what a login may change, and what erasing a person does."""
    guarded = [one for side in Side for one in guarded_tables(side) if one.audited]
    found = {name for one in guarded for name in one.mutable}
    found |= {
        name
        for one in guarded_tables(Side.WORK)
        if one.audited and {"person_id", "lives_with", "date_of_birth"} & _columns(one.table)
        for name, _value in erased_columns(one)
    }
    for path in (ROOT / "programmes" / "common" / "security").glob("*.sql"):
        for granted in UPDATE_GRANTS.finditer(path.read_text()):
            found |= set(re.findall(r"\w+", granted["columns"]))
    return found


def _columns(table: type[Table]) -> set[str]:
    return {column._meta.db_column_name for column in table._meta.columns}


def test_every_field_that_may_change_has_words_and_nothing_else_has() -> None:
    changing = columns_that_change()
    assert {"password_hash", "last_moment", "status", "sealed_name", "religion"} <= changing
    assert changing - set(COLUMNS) == set()
    assert set(COLUMNS) - changing == set()


def test_fields_are_said_in_plain_words() -> None:
    assert [one for one in COLUMNS.values() if one != one.strip().lower() or "_" in one] == []
    assert [one for one in COLUMNS.values() if len(one) > 50] == []
    said = columns_in_words(["published_at", "published_by"])
    assert said == "When it was published, who published it"
    assert columns_in_words(["state", "status"]) == "Status"
    assert columns_in_words(["of_tomorrow"]) == "Of tomorrow"
    assert columns_in_words([]) == ""


def test_every_act_of_the_product_has_words_and_nothing_else_has() -> None:
    acts = acts_of_the_code()
    assert len(acts) >= 240
    of_a_kind = {one for one in acts if one.partition("-")[0] in OF_KINDS}
    assert acts - of_a_kind - set(ACTS) == set()
    assert set(ACTS) - acts == set()


def test_every_kind_of_record_has_words_and_nothing_else_has() -> None:
    read = {one.removeprefix("read-") for one in acts_of_the_code() if one.startswith("read-")}
    told = tables() | records_of_the_code() | {one for one in read if f"read-{one}" not in ACTS}
    assert told - set(RECORDS) == set()
    assert set(RECORDS) - told == set()


def test_every_job_has_words_and_nothing_else_has() -> None:
    assert set(JOB_WORDS) == {job.name for job in JOBS}


def test_no_two_acts_are_offered_in_the_same_words() -> None:
    acts = acts_of_the_code() | {f"job-{job.name}" for job in JOBS}
    said = [act_in_words(one) for one in acts]
    assert {one for one in said if said.count(one) > 1} == set()


def test_words_are_plain() -> None:
    """A capital to begin with, and nothing that only the code calls so."""
    said = {*ACTS.values(), *RECORDS.values(), act_in_words("read-subject_access")}
    assert [one for one in said if not one[0].isupper() or set(one) & set("_-/") - {"-"}] == []
    assert [one for one in said if len(one) > 50] == []
    assert record_in_words("api_token") == "Other system"
    assert act_in_words("read-order-wording") == "Read wording of an order"
    assert act_in_words("act_of-tomorrow") == "Act_of tomorrow"
