"""Sets Waymark up where it stands, then hands over to it. Needs only Python and a package index.

The first start makes `.venv` and `node_modules` beside this file from the lock files; later ones
see from a stamp that nothing changed. All of it is told on standard error.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

NEEDED = (3, 11)


def _restart_with_a_newer_python() -> NoReturn:
    for minor in range(20, NEEDED[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, *sys.argv])
    sys.exit(f"Waymark needs Python 3.11 or newer; this is {sys.version.split()[0]}.")


# An old Python must be able to read this file, and must get no further than here.
if sys.version_info < NEEDED:
    _restart_with_a_newer_python()

ROOT = Path(__file__).resolve().parent
SIDE_BY_SIDE = ("--numprocesses=auto", "--dist=loadscope")
sys.path.insert(0, str(ROOT))

from app import set_up  # noqa: E402

USAGE = """usage: run.py [COMMAND] [ARGUMENTS]

Sets up what is missing, then:
  run.py                      start the demo on http://127.0.0.1:8000 (or PORT)
  run.py test [--deep] [...]  run the tests; further arguments go to pytest,
                              `-n 0` runs them one after another
{commands}
run.py COMMAND --help says more. APP_HOME is where the data lies (now {home})."""


def main(arguments: list[str]) -> int:
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(USAGE.format(commands=_commands(), home=_home()))
        return 0
    try:
        _start(arguments)
    except set_up.SetUpError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start begins set-up again.", file=sys.stderr)
        return 130


def _start(arguments: list[str]) -> NoReturn:
    if arguments[:1] == ["test"]:
        set_up.prepare(set_up.TEST_LOCK)
        os.chdir(ROOT)
        _hand_over("pytest", [*SIDE_BY_SIDE, *arguments[1:]])
    set_up.prepare(set_up.RUN_LOCK)
    # The caller's directory stays, so that `import ../book.xlsx` means what it says.
    _hand_over("app", arguments or ["up"], APP_HOME=_home())


def _hand_over(module: str, arguments: list[str], **variables: str) -> NoReturn:
    environment = {**_compiled_beside_the_packages(), "PYTHONPATH": str(ROOT), **variables}
    command = [str(set_up.PYTHON), "-P", "-m", module, *arguments]
    sys.stderr.flush()
    os.execve(set_up.PYTHON, command, environment)


def _compiled_beside_the_packages() -> dict[str, str]:
    """Without compiled files a start takes twice as long. They go where the packages are, so that
    even a caller who wants none among the sources gets them."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(set_up.ENVIRONMENT / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _home() -> str:
    return os.path.abspath(os.environ.get("APP_HOME") or ROOT / ".data")


def _commands() -> str:
    lines = []
    for file in sorted((ROOT / "app" / "cli").glob("[a-z]*.py")):
        summary = _summary_of(file)
        if summary and file.stem != "up":
            lines.append(f"  {file.stem.strip('_').replace('_', '-'):<26}  {summary}")
    return "\n".join([*lines, ""])


def _summary_of(file: Path) -> str:
    """Read, not imported: help answers before anything is installed."""
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "SUMMARY":
            return str(ast.literal_eval(statement.value))
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
