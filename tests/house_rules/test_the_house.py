"""Sizes, arrows, clocks and templates: what keeps the house easy to walk through."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "programmes", "scheduling", "outcomes")
CLOCKS = {"programmes/common/clock.py"}
PURE = re.compile(r"(^|/)(words|rules|[a-z_]+_rules|[a-z_]+_words)\.py$")
INPUT_OUTPUT = {"asyncpg", "piccolo", "litestar", "programmes.common.db", "programmes.common.audit"}


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


def test_no_file_is_too_long() -> None:
    long = [
        (name, text.count("\n"))
        for name, text in sources(*PACKAGES, "tests")
        if text.count("\n") > (400 if name.startswith("tests/") else 300)
    ]
    assert long == []


def test_no_function_is_too_long() -> None:
    long = [
        (name, node.name)
        for name, text in sources(*PACKAGES, "tests")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


def test_the_clock_is_read_in_one_place() -> None:
    reading = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
    found = [name for name, text in sources(*PACKAGES) if reading.search(text)]
    assert set(found) <= CLOCKS


def test_a_page_takes_the_day_of_a_moment_in_london() -> None:
    """In UTC it is yesterday for an hour of every summer night."""
    day_in_utc = re.compile(r"(\bnow|_at)\.date\(\)")
    shown = sources("app/pages", "app/views", "app/api", "app/home", "app/labels")
    assert [name for name, text in shown if day_in_utc.search(text)] == []


def test_no_query_takes_the_day_of_the_databases_own_clock() -> None:
    """It is a day behind for an hour of every summer night; auth.today() is the day in London.

    A function may take the session's day where it says itself in which time zone.
    """
    day_of_session = re.compile(r"current_date|now\(\)::date|_at::date|_at\)::date", re.IGNORECASE)
    written = [*sources(*PACKAGES), *_pieces_of_sql()]
    assert [name for name, text in written if day_of_session.search(text)] == []


def _pieces_of_sql() -> Iterator[tuple[str, str]]:
    """What .sql files say, piece by piece, but for the functions with a time zone of their own."""
    for path in (path for one in PACKAGES for path in (ROOT / one).rglob("*.sql")):
        uncommented = re.sub(r"--.*", "", path.read_text())
        for piece in re.split(r"(?=CREATE )", uncommented):
            if "SET timezone = 'Europe/London'" not in piece.partition("$$")[0]:
                yield str(path), piece


def test_rules_and_words_touch_no_input_or_output() -> None:
    for name, text in sources("programmes", "scheduling", "outcomes"):
        if not PURE.search(name):
            continue
        for node in ast.walk(ast.parse(text)):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            assert module not in INPUT_OUTPUT, f"{name} imports {module}"
            assert not isinstance(node, ast.Await), f"{name} awaits"


def test_survivors_are_out_of_reach_of_the_programme_side() -> None:
    for name, text in sources("programmes", "scheduling"):
        assert "outcomes" not in re.findall(r"^(?:from|import) (\w+)", text, re.M), name


def test_sql_stands_in_queries_and_commands_alone() -> None:
    sql = re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM) [a-z*$(]')
    for name, text in sources("programmes", "scheduling", "outcomes"):
        if not re.search(r"(queries|commands|accounts|audit|db|security/\w+)\.py$", name):
            assert not sql.search(text), name


def test_every_module_says_what_it_knows() -> None:
    for name, text in sources(*PACKAGES):
        if text.strip():
            assert ast.get_docstring(ast.parse(text)), name


def test_help_starts_without_anything_heavy() -> None:
    heavy = ("pandas", "matplotlib", "scipy", "ortools", "openpyxl", "lifelines", "holidays")
    code = f"import sys, app.__main__\nprint([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_service_starts_without_anything_heavy(tmp_path: Path) -> None:
    """Neither when it is imported nor when it is put together."""
    heavy = (
        *("pandas", "numpy", "matplotlib", "scipy", "ortools", "openpyxl", "lifelines", "black"),
        *("xlsxwriter", "typst", "holidays", "icalendar", "apscheduler", "pydantic"),
    )
    code = (
        "import sys, app.cli.up\n"
        "from pathlib import Path\n"
        "from app.databases import Databases\n"
        "from app.main import create_app\n"
        "from app.settings import Settings\n"
        "from programmes.common.clock import SystemClock\n"
        f"settings = Settings(home=Path({str(tmp_path)!r}))\n"
        "create_app(settings, SystemClock(), Databases(settings, None))\n"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_solver_starts_without_anything_heavy() -> None:
    """Somebody waits for its page: what is small is solved without these."""
    heavy = ("pandas", "numpy", "scipy", "piccolo", "litestar")
    code = (
        "import sys, scheduling.placement.worker, scheduling.placement.search\n"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


TEMPLATES = sorted((ROOT / "app" / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_carry_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
