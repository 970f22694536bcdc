"""A release as a spreadsheet and as a document: the stored tables again, in other clothes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from app import present
from app.documents.same_words import STANDING
from app.release_revisions import RevisionLine
from outcomes.disclosure.catalogue import title_of_table
from outcomes.disclosure.describe import describe, notes
from outcomes.disclosure.release import Release
from outcomes.disclosure.words import Marker, Profile, ReleasedTable
from outcomes.releases.answer_words import Beside
from outcomes.releases.answers import answers, not_known
from outcomes.releases.baselines import BESIDE, beside_published
from outcomes.releases.grids import SHARE_HEADS, TOO_FEW, figures, grid
from outcomes.releases.measures import answered
from outcomes.releases.pictures import drawn
from outcomes.releases.words import FrozenRelease
from programmes.common.clock import london_date
from programmes.common.workbooks.marked import Cover, MarkedSheet, write_marked_workbook
from programmes.common.workbooks.writing import Cell

DOCUMENT = Path(__file__).with_name("release.typ")
MARKERS = {
    Marker.CONFIDENTIAL.value: "Hidden, so that nobody can be recognised",
    Marker.NOT_APPLICABLE.value: "Does not apply",
    TOO_FEW: "Too few to say per cent",
}
READERS = {
    Profile.PARTNERSHIP: "For the partnership's board, under its sharing agreement. Not to be "
    "published: the figures for everybody are a release of their own.",
    Profile.PUBLIC: "For everybody.",
}
REVISED = (
    "What was put right since stands under Revisions; what was after this file was made, on the "
    "release's page."
)
NO_REVISIONS = ("Not published yet", "Nothing can have been put right since.")
ONE_TABLE = "This sheet holds one table."
SHARES = "Each per cent stands with its 95% interval: what chance alone allows."


def spreadsheet(frozen: FrozenRelease, beside: Beside, revisions: Sequence[RevisionLine]) -> bytes:
    """By the Government Statistical Service's conventions: cover, notes, one table a sheet."""
    release = frozen.figures
    tables = [_sheet(table) for table in release.tables]
    published = [_baselines(release)] if beside_published(release) else []
    asked = [_answers(release, beside), _notes(release)]
    sheets = [*asked, *tables, _measures(release, beside), *published, _revisions(revisions)]
    return write_marked_workbook(_cover(frozen), sheets, made_at=_undated(frozen))


def _undated(frozen: FrozenRelease) -> datetime:
    """The file carries the time of the computation, so that it is the same every time."""
    return frozen.facts.computed_at.replace(tzinfo=None)


def _cover(frozen: FrozenRelease) -> Cover:
    facts = frozen.facts
    return Cover(
        title=f"Figures for {facts.title}",
        notes=(
            READERS[facts.profile],
            STANDING,
            "Each sheet holds one table. Figures never change once published.",
            REVISED,
        ),
        facts=[
            ("For", present.sentence(facts.profile)),
            ("Computed on", _day(facts.computed_at)),
            ("Published on", _day(facts.published_at)),
            ("Revision", str(facts.revision) if facts.revision else "None"),
            ("SHA-256 of the figures", facts.sha256),
        ],
    )


def _day(at: datetime | None) -> str:
    """London's, as the page writes it."""
    return present.long_date(london_date(at)) if at else "Not published"


def _answers(release: Release, beside: Beside) -> MarkedSheet:
    """The board's questions as on the page: one sentence a row, with its question each time."""
    return MarkedSheet(
        name="Answers",
        title="The board's questions and what the figures answer",
        notes=(ONE_TABLE,),
        headings=("Question", "Answer"),
        rows=[[one.question, said] for one in answers(release, beside) for said in one.said],
    )


def _notes(release: Release) -> MarkedSheet:
    rows: list[list[Cell]] = [[marker, words] for marker, words in MARKERS.items()]
    for table in release.tables:
        rows += [[table.title, said] for said in notes(table)]
    held_back = [title_of_table(code) for code in release.withheld]
    rows += [[f"Held back whole: {title}", "To protect people"] for title in held_back]
    rows += [["Cannot be told", said] for said in not_known(release)]
    return MarkedSheet(
        name="Notes",
        title="Notes: what the marks mean, how each table was counted, and what is not known",
        notes=(ONE_TABLE,),
        headings=("About", "Note"),
        rows=rows,
    )


def _sheet(table: ReleasedTable) -> MarkedSheet:
    """One figure a row; markers stand in the place of numbers."""
    heads, rows = figures(table)
    return MarkedSheet(
        name=table.code[:31],
        title=f"{table.title}, {table.period.label}",
        notes=(ONE_TABLE, *notes(table), *([SHARES] if SHARE_HEADS[0] in heads else [])),
        headings=heads,
        rows=rows,
    )


def _measures(release: Release, beside: Beside) -> MarkedSheet:
    return MarkedSheet(
        name="Measures",
        title="The strategy's quarterly measures",
        notes=(ONE_TABLE, "What partners supply is theirs: nothing here was counted for it."),
        headings=("Measure", "Figure", "Supplier or source"),
        rows=_measured(release, beside),
    )


def _measured(release: Release, beside: Beside) -> list[list[Cell]]:
    return [[one.name, one.figure, one.supplier] for one in answered(release, beside)]


def _baselines(release: Release) -> MarkedSheet:
    return MarkedSheet(
        name="Published 2018",
        title="Figures published in 2018, to compare with care",
        notes=(ONE_TABLE,),
        headings=BESIDE,
        rows=beside_published(release),
    )


def _revisions(lines: Sequence[RevisionLine]) -> MarkedSheet:
    return MarkedSheet(
        name="Revisions",
        title="Revisions, and what was put right since",
        notes=(ONE_TABLE, "Published figures are never altered."),
        headings=("When", "What"),
        rows=_revised(lines),
    )


def _revised(lines: Sequence[RevisionLine]) -> list[tuple[str, str]]:
    return [(line.when, line.said) for line in lines] or [NO_REVISIONS]


def document(frozen: FrozenRelease, beside: Beside, revisions: Sequence[RevisionLine]) -> bytes:
    """A tagged PDF (PDF/UA-1) with bookmarks; every picture carries its words."""
    import typst

    release = frozen.figures
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "release.typ").write_bytes(DOCUMENT.read_bytes())
        content = {
            **_content(frozen, beside),
            "revisions": _revised(revisions),
            "charts": _charts(release, root, beside),
        }
        (root / "content.json").write_bytes(msgspec.json.encode(content))
        made: bytes = typst.compile(
            str(root / "release.typ"), root=folder, pdf_standards=["ua-1"], ignore_system_fonts=True
        )
        return made


def _content(frozen: FrozenRelease, beside: Beside) -> dict[str, object]:
    facts, release = frozen.facts, frozen.figures
    return {
        "title": f"Figures for {facts.title}",
        "standing": STANDING,
        "readers": READERS[facts.profile],
        "about": [
            f"Computed on {_day(facts.computed_at)}, for the {facts.profile}.",
            f"SHA-256 of the figures: {facts.sha256}",
            REVISED,
        ],
        "answers": [
            {"question": one.question, "said": one.said, "chart": one.chart or ""}
            for one in answers(release, beside)
        ],
        "tables": [_printed(table) for table in release.tables],
        "measures": _measured(release, beside),
        "beside": {"heads": BESIDE, "rows": beside_published(release)},
    }


def _printed(table: ReleasedTable) -> dict[str, object]:
    heads, rows = grid(table)
    return {"title": table.title, "heads": heads, "rows": rows, "notes": notes(table)}


def _charts(release: Release, root: Path, beside: Beside) -> dict[str, str]:
    """The pictures are written beside the document; their descriptions are answered by name."""
    told: dict[str, str] = {}
    tables = {table.code: table for table in release.tables}
    for one in answers(release, beside):
        picture = drawn(release, one.chart) if one.chart else None
        if one.chart and picture:
            (root / f"{one.chart}.svg").write_bytes(picture)
            told[one.chart] = describe(tables[one.table])
    return told
