"""What the documents point at is there: files, other documents, commands."""

import re
from pathlib import Path

import pytest

from app.__main__ import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = ("app/", "programmes/", "scheduling/", "outcomes/", "tests/", "docs/")
BUILT_IN = {"test", "up"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_it_names_is_there(document: Path) -> None:
    named = re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|sql|md|html|js))`", document.read_text())
    missing = [name for name in named if name.startswith(OURS) and not (ROOT / name).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_it_gives_exists(document: Path) -> None:
    given = set(re.findall(r"python3 run\.py ([a-z][a-z-]+)", document.read_text()))
    assert given - BUILT_IN - set(COMMANDS) == set()
