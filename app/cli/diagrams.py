"""Draw the generated pictures in docs/diagrams again."""

import argparse
import sys
from pathlib import Path

from app.diagrams import DIAGRAMS
from app.settings import Settings

SUMMARY = "Draw docs/diagrams again: states, tables, permissions"
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "diagrams"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in DIAGRAMS.items():
        (FOLDER / name).write_text(draw())
        print(f"docs/diagrams/{name}", file=sys.stderr)
    return 0
