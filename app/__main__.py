"""The command line: one name, one module of `app.cli`, loaded only when asked for."""

import argparse
import importlib
import os
import sys
from types import ModuleType
from typing import NoReturn

from app.cli import BAD_USAGE, REFUSED, say_no
from app.running.endings import end_on_signals
from app.running.troubles import in_words
from app.settings import Settings, settings_from_environment
from programmes.common.errors import DomainError, Refused

COMMANDS = {
    "after-restore": "app.cli.after_restore",
    "backup": "app.cli.backup",
    "bench": "app.cli.bench",
    "check": "app.cli.check",
    "clock": "app.cli.clock",
    "code": "app.cli.code",
    "import": "app.cli.import_",
    "init": "app.cli.init",
    "diagrams": "app.cli.diagrams",
    "migrate": "app.cli.migrate",
    "place": "app.cli.place",
    "plan-series": "app.cli.plan_series",
    "report": "app.cli.report",
    "release": "app.cli.release",
    "restore": "app.cli.restore",
    "retention": "app.cli.retention",
    "rotate-keys": "app.cli.rotate_keys",
    "run-job": "app.cli.run_job",
    "seed": "app.cli.seed",
    "serve": "app.cli.serve",
    "token": "app.cli.token",
    "up": "app.cli.up",
    "user": "app.cli.user",
    "verify-audit": "app.cli.verify_audit",
}


class Parser(argparse.ArgumentParser):
    """Tells bad usage as every refusal is told: with --json it is the one document."""

    as_json = False

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(say_no([f"{self.prog}: {message}"], BAD_USAGE, as_json=self.as_json))


def _parser_of_all(*, as_json: bool) -> argparse.ArgumentParser:
    parser = Parser(prog="run.py", description="Waymark")
    parser.as_json = as_json
    parser.add_argument("command", choices=sorted(COMMANDS), metavar="COMMAND")
    listing = "\n".join(f"  {name}" for name in sorted(COMMANDS))
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"commands:\n{listing}\n\nrun.py COMMAND --help says more."
    return parser


def _run(module: ModuleType, name: str, arguments: list[str], settings: Settings) -> int:
    parser = Parser(prog=f"run.py {name}", description=module.SUMMARY)
    parser.as_json = "--json" in arguments
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(arguments), settings))


def main(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    known = _parser_of_all(as_json=as_json).parse_args(arguments[:1] or ["--help"])
    end_on_signals()
    try:
        settings = settings_from_environment()
        module = importlib.import_module(COMMANDS[known.command])
        return _run(module, known.command, arguments[1:], settings)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output, `head` for one, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as trouble:
        reasons = _reasons(trouble)
        if reasons is None:
            raise
        return say_no(reasons, REFUSED, as_json=as_json)


def _reasons(trouble: Exception) -> tuple[str, ...] | None:
    """None for a fault of ours."""
    if isinstance(trouble, Refused):
        return trouble.reasons
    words = trouble.message if isinstance(trouble, DomainError) else in_words(trouble)
    return None if words is None else (words,)


if __name__ == "__main__":
    # Where the terminal's letters are few, a name is told in escapes and not at all by an error.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
