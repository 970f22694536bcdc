"""docs/assurance.md, made from the stored record of runs and from nothing else.

python3 run.py test --deep -n 0 tests/wall --junitxml=wall.xml
python -m tests.assurance wall.xml                   # merges the run, and writes the page
python -m tests.assurance --commit 1234567 all.xml   # where several processes ran the tests
python -m tests.assurance                            # writes the page from the record again

Files of which the page says nothing are left aside: tests/assurance_proofs.py names the others.
"""

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from tests.assurance_entries import (
    RECORD,
    ROOT,
    Entry,
    checked,
    entries_of,
    entries_of_intruder,
    folded,
    merged,
    read,
    text_of,
    together,
)
from tests.assurance_proofs import FILES, PROOFS, SECTIONS, Proof

PAGE = ROOT / "docs" / "assurance.md"
HEAD = """# Assurance

What was run to prove what Waymark promises, and what came of it. Made by
`python -m tests.assurance` from the record that stands beside the tests
(`tests/assurance_record.json`); nothing in it is written by hand. Each line says on which day and
of which commit the run was, and the command that runs it again.

*Short* forms are in every run of the tests (`python3 run.py test`). *Long* forms run with `--deep`,
twenty minutes each at most; one whose result is not stored says so. *Left out* of a short form are
its long tests; of either, what the machine had no program for. Seconds were taken while other work
ran beside.
"""
TABLE = """
| Proof | Form | Counted | Passed | Failed | Left out | Seconds | Run |
|---|---|---|---|---|---|---|---|
"""
NOT_STORED = " | ".join(["not stored", *"–––––"])


def page(entries: Sequence[Entry]) -> str:
    return HEAD + "".join(_section(name, entries) for name in SECTIONS)


def _section(name: str, entries: Sequence[Entry]) -> str:
    rows = [
        row
        for proof in PROOFS
        if proof.section == name
        for row in _rows(proof, [one for one in entries if one.file == proof.file])
    ]
    return f"\n## {name}\n{TABLE}" + "\n".join(rows) + "\n"


def _rows(proof: Proof, entries: Sequence[Entry]) -> Iterator[str]:
    claim = f"{proof.claim} (`{proof.file}`)"
    for form in ("short", "long"):
        of_form = [one for one in entries if one.form == form]
        if not of_form and form not in proof.forms:
            continue
        yield _row(claim, form, of_form) if of_form else f"| {claim} | {form} | {NOT_STORED} |"
        claim = ""


def _row(claim: str, form: str, entries: Sequence[Entry]) -> str:
    cells = (
        claim,
        form,
        "; ".join(_counted(entries)) or "–",
        sum(one.passed for one in entries),
        sum(one.failed for one in entries),
        sum(one.left_out for one in entries),
        round(sum(one.seconds for one in entries)),
        "; ".join(_runs(entries)),
    )
    return f"| {' | '.join(map(str, cells))} |"


def _runs(entries: Iterable[Entry]) -> list[str]:
    """Each run by itself, where tests of one file were not run together."""
    runs = {(one.ran_on, one.commit, one.command) for one in entries}
    return [f"{ran_on} `{commit}` `{command}`" for ran_on, commit, command in sorted(runs)]


def _counted(entries: Iterable[Entry]) -> Iterator[str]:
    for name, value in together(entries).items():
        yield f"{value:,} {name}" if isinstance(value, int) else f"{value} {name}"


def stored_page() -> str:
    return page(read(RECORD.read_text()))


def merge(paths: Iterable[Path], *, commit: str = "") -> None:
    """Raises Refused, and changes nothing, where a run does not say of which commit it was."""
    entries = read(RECORD.read_text()) if RECORD.exists() else []
    for path in paths:
        found = checked(entries_of(ElementTree.parse(path).getroot(), commit=commit))
        entries = merged(entries, folded(one for one in found if one.file in FILES))
    entries = [one for one in merged(entries, entries_of_intruder()) if _is_there(one)]
    RECORD.write_text(text_of(entries))


def _is_there(entry: Entry) -> bool:
    """A test that was renamed or taken away is no proof any longer."""
    file, _, test = entry.test.partition("::")
    path, name = ROOT / file, re.split(r"\W", test)[0]
    return path.exists() and (not name.startswith("test_") or f"def {name}(" in path.read_text())


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.assurance", description=__doc__)
    asked.add_argument("junit", nargs="*", type=Path)
    asked.add_argument("--commit", default="", help="where the run did not say it")
    given = asked.parse_args()
    merge(given.junit, commit=given.commit)
    PAGE.write_text(stored_page())


if __name__ == "__main__":
    main()
