"""Writes docs/assurance.md from what a run of the wall's tests recorded, and from nothing else.

python run.py test tests/wall -o junit_family=xunit1 --junitxml=wall.xml
python -m tests.wall.assurance wall.xml

Other proofs join by being named in the run: tests/wall tests/running/test_faults.py.
"""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
HEAD = """# Assurance

What was run to prove the wall between the two sides, and what came of it. Made by
`python -m tests.wall.assurance` from the record of a run; nothing in it is written by hand.

Run on {when}, commit `{commit}`, with
`pytest {where} -o junit_family=xunit1 --junitxml=wall.xml`. The long forms (marked *deep*) run
with `--deep`; a row says how many of them were left out.

| Proof | Passed | Failed | Left out | Seconds | Counted |
|---|---|---|---|---|---|
"""


@dataclass
class Proof:
    passed: int = 0
    failed: int = 0
    left_out: int = 0
    seconds: float = 0.0
    counted: list[str] = field(default_factory=list)

    def add(self, case: ElementTree.Element) -> None:
        kinds = {child.tag for child in case}
        self.left_out += "skipped" in kinds
        self.failed += bool(kinds & {"failure", "error"})
        self.passed += not kinds & {"skipped", "failure", "error"}
        self.seconds += float(case.get("time", 0))
        for one in case.iterfind("properties/property"):
            self.counted.append(f"{one.get('value')} {one.get('name')}")


def proofs(record: ElementTree.Element) -> dict[str, Proof]:
    found: dict[str, Proof] = defaultdict(Proof)
    for case in record.iter("testcase"):
        name = (case.get("classname") or "").rsplit(".", 1)[-1]
        found[name.removeprefix("test_").replace("_", " ")].add(case)
    return dict(sorted(found.items()))


def written(record: ElementTree.Element, commit: str) -> str:
    suite = next(record.iter("testsuite"))
    when = (suite.get("timestamp") or "").split(".")[0].replace("T", " ")
    return (
        HEAD.format(when=when, commit=commit, where=" ".join(_asked_for(record)))
        + "\n".join(_rows(record))
        + "\n"
    )


def _asked_for(record: ElementTree.Element) -> list[str]:
    """The wall's folder, and each file of other folders that was run beside it."""
    modules = {case.get("classname") or "" for case in record.iter("testcase")}
    others = {one for one in modules if not one.startswith("tests.wall.")}
    return ["tests/wall", *sorted(f"{one.replace('.', '/')}.py" for one in others)]


def _rows(record: ElementTree.Element) -> Iterator[str]:
    for name, one in proofs(record).items():
        counted = "; ".join(one.counted) or "–"
        yield (
            f"| {name.capitalize()} | {one.passed} | {one.failed} | {one.left_out} "
            f"| {one.seconds:.0f} | {counted} |"
        )


def main(path: str) -> None:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    record = ElementTree.parse(path).getroot()
    (ROOT / "docs" / "assurance.md").write_text(written(record, commit.stdout.strip()))


if __name__ == "__main__":
    main(sys.argv[1])
