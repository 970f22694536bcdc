"""The management report to take away: a list, a workbook and a document of the same figures."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from app import present
from app.documents.report_pictures import funnel_of, picture_of
from app.documents.same_words import STANDING
from app.report_reading import PartRead, Reports
from app.views.report import (
    HEADINGS,
    NOT_A_RELEASE,
    ShownSection,
    completion_picture,
    lines_of,
    sections_of,
)
from app.views.report_parts import TITLES, description_of, in_words, is_drawn, title_of
from outcomes.reports.baselines import BASELINES
from outcomes.reports.definitions import DEFINITIONS
from outcomes.reports.detail_words import FigureTable
from programmes.common.clock import london_date
from programmes.common.workbooks.marked import Cover, MarkedSheet, write_marked_workbook
from programmes.common.workbooks.writing import Cell, write_csv

DOCUMENT = Path(__file__).with_name("report.typ")
NO_SURVIVORS = "Nothing of survivors stands here; their service has its own report."
NOT_OVER = (
    "This period is not over. Its figures will still change, and the period before is a whole one."
)


def csv_of(found: Reports, parts: Sequence[PartRead]) -> bytes:
    """One list: the counts of the overview, then every further table, one figure a line."""
    return write_csv(HEADINGS, [*lines_of(found), *_further(parts)])


def _further(parts: Sequence[PartRead]) -> Iterator[list[Cell]]:
    for table in (table for part in parts for table in part.tables):
        for row in table.rows:
            for heading, value in zip(table.headings[1:], row[1:], strict=True):
                if isinstance(value, int | float):
                    name = f"{table.title}: {row[0]}, {heading}"
                    about = table.about or "Whole service"
                    yield [about, name, value, None, None, None, None, None, _counts(table)]


def _counts(table: FigureTable) -> str:
    return DEFINITIONS[table.code].counts


def workbook_of(found: Reports, parts: Sequence[PartRead], *, made_at: datetime) -> bytes:
    """A cover, the figures with what each counts, and one sheet for each further table."""
    period = found.report.period
    cover = Cover(
        title=f"Management report, {found.asked.label}",
        notes=(NOT_A_RELEASE, NO_SURVIVORS, *_not_over(found, made_at)),
        facts=[
            ("Period from", period.from_on),
            ("Up to, not including", period.until_on),
            ("Compared with", found.asked.before_label),
            ("Intervals", "Wilson, 95%"),
        ],
    )
    figures = MarkedSheet(
        name="Figures",
        title="Every figure of the overview",
        notes=("This sheet holds one table.",),
        headings=HEADINGS,
        rows=list(lines_of(found)),
    )
    tables = [table for part in parts for table in part.tables]
    sheets = [_sheet(table, place) for place, table in enumerate(tables, start=1)]
    return write_marked_workbook(cover, [figures, *sheets], made_at=made_at)


def _sheet(table: FigureTable, place: int) -> MarkedSheet:
    return MarkedSheet(
        name=f"{place} {table.code}"[:31],
        title=title_of(table),
        notes=("This sheet holds one table.", _counts(table)),
        headings=table.headings,
        rows=table.rows,
    )


def document_of(found: Reports, parts: Sequence[PartRead], *, made_at: datetime) -> bytes:
    """A tagged PDF (PDF/UA-1) with bookmarks; every picture carries its words."""
    import typst

    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_bytes(DOCUMENT.read_bytes())
        content = {
            "title": f"Management report, {found.asked.label}",
            "standing": STANDING,
            "about": [
                NOT_A_RELEASE,
                NO_SURVIVORS,
                *_not_over(found, made_at),
                f"Compared with {found.asked.before_label}. "
                f"Made on {present.long_date(london_date(made_at))}.",
            ],
            "sections": [*_overview(found, root), *_parts(parts, root), _others()],
        }
        (root / "content.json").write_bytes(msgspec.json.encode(content))
        made: bytes = typst.compile(
            str(root / "report.typ"), root=folder, pdf_standards=["ua-1"], ignore_system_fonts=True
        )
        return made


def _not_over(found: Reports, made_at: datetime) -> tuple[str, ...]:
    return (NOT_OVER,) if found.asked.days.until_on > london_date(made_at) else ()


def _overview(found: Reports, root: Path) -> Iterator[dict[str, object]]:
    heads = ["Figure", "Number", "Period before", "What may be said"]
    rate_heads = ["Of whom", "Completed", "How"]
    for which in ("programmes", "orders"):
        blocks = []
        for section in sections_of(found, which):
            if section.counts:
                block = _block(section.title, heads, _plain_rows(section.counts))
                blocks.append(block | _funnel(found, root, section))
            if section.completion:
                rates = _plain_rows(section.completion)
                blocks.append(_block(f"{section.title}: completion", rate_heads, rates))
        if any(section.is_rated for section in sections_of(found, which)):
            blocks.append(_every_completion(found, root))
        yield {"title": which.capitalize(), "blocks": blocks}


def _funnel(found: Reports, root: Path, section: ShownSection) -> dict[str, object]:
    """A programme's picture above its table; none of a kind of order, or where all is nought."""
    drawn = funnel_of(found, section.code)
    if drawn is None or not section.is_drawn:
        return {}
    name = f"funnel-{section.code}.svg"
    (root / name).write_bytes(drawn.svg)
    title = f"{section.title}: from referral to completion"
    return {"title": title, "chart": name, "alt": drawn.said}


def _every_completion(found: Reports, root: Path) -> dict[str, object]:
    """The picture of all programmes stands under none of them, with its own table."""
    (root / "completion.svg").write_bytes(completion_picture(found))
    rows = [
        [section.title, _plain(whom), _plain(rate)]
        for section in sections_of(found, "programmes")
        for whom, rate, _how in section.completion
    ]
    block = _block("Completion of every programme", ["Programme", "Of whom", "Completed"], rows)
    said = "; ".join(": ".join((", ".join(row[:2]), row[2])) for row in rows)
    return block | {"chart": "completion.svg", "alt": f"Completion with 95% intervals. {said}."}


def _parts(parts: Sequence[PartRead], root: Path) -> Iterator[dict[str, object]]:
    for part in parts:
        yield {
            "title": TITLES[part.part],
            "blocks": [
                _table_block(table, root, f"{part.part}-{place}")
                for place, table in enumerate(part.tables)
            ],
        }


def _table_block(table: FigureTable, root: Path, name: str) -> dict[str, object]:
    rows = [[in_words(value) for value in row] for row in table.rows]
    block = _block(title_of(table), list(table.headings), rows, note=_counts(table))
    if is_drawn(table):
        (root / f"{name}.svg").write_bytes(picture_of(table))
        block |= {"chart": f"{name}.svg", "alt": description_of(table)}
    return block


def _others() -> dict[str, object]:
    rows = [[one.name, one.figure, one.period, one.source, one.but] for one in BASELINES]
    heads = ["Figure", "Value", "Period", "Source", "Beware"]
    return {
        "title": "Figures that others published",
        "blocks": [_block("To compare with care", heads, rows)],
    }


def _block(
    title: str, heads: list[str], rows: list[list[str]], *, note: str = ""
) -> dict[str, object]:
    return {"title": title, "heads": heads, "rows": rows, "note": note, "chart": "", "alt": ""}


def _plain_rows(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(cell: object) -> str:
    return cell if isinstance(cell, str) else str(getattr(cell, "text", cell))
