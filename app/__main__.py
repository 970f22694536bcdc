"""The command line: one name, one module of `app.cli`, loaded only when asked for."""

import argparse
import importlib
import json
import os
import sys
from types import ModuleType

from app.running.endings import end_on_signals
from app.settings import Settings, settings_from_environment
from programmes.common.errors import DomainError

COMMANDS = {
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


def _parser_of_all() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description="Waymark")
    parser.add_argument("command", choices=sorted(COMMANDS), metavar="COMMAND")
    listing = "\n".join(f"  {name}" for name in sorted(COMMANDS))
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"commands:\n{listing}\n\nrun.py COMMAND --help says more."
    return parser


def _run(module: ModuleType, name: str, arguments: list[str], settings: Settings) -> int:
    parser = argparse.ArgumentParser(prog=f"run.py {name}", description=module.SUMMARY)
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(arguments), settings))


def main(arguments: list[str]) -> int:
    known = _parser_of_all().parse_args(arguments[:1] or ["--help"])
    end_on_signals()
    try:
        settings = settings_from_environment()
        module = importlib.import_module(COMMANDS[known.command])
        return _run(module, known.command, arguments[1:], settings)
    except DomainError as refusal:
        _say_why(refusal, as_document="--json" in arguments)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output, `head` for one, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _say_why(refusal: DomainError, *, as_document: bool) -> None:
    print(refusal.message, file=sys.stderr)
    if as_document:
        print(json.dumps({"refused": [refusal.message]}, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
