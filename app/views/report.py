"""A management report as its page, its list and its workbook show it."""

from collections.abc import Iterator
from threading import Lock

from msgspec import Struct

from app.report_reading import Reports
from app.web.components import Cell as Shown
from outcomes.reports.report_rows import (
    Row,
    Section,
    order_sections,
    programme_sections,
    rate_of,
)
from outcomes.reports.sentences import rate_in_words
from programmes.common.workbooks.writing import Cell
from programmes.referrals.words import REASON_WORDS, ReasonCode

NAMES = {
    "caring-dads": "Caring Dads",
    "cara": "CARA",
    "dvpp": "DVPP",
    "dvpo": "Domestic violence protection orders",
    "dapo": "Domestic abuse protection orders",
    "dvpn": "Domestic violence protection notices",
    "dapn": "Domestic abuse protection notices",
    "pre-charge-bail": "Pre-charge bail",
    "court-bail": "Court bail",
    "conditional-caution": "Conditional cautions",
}
NOT_A_RELEASE = "Exact figures for use inside the service. This is not a release."
HEADINGS = (
    "About",
    "Figure",
    "Number",
    "Of",
    "Share",
    "Interval from",
    "Interval to",
    "Period before",
    "What it counts",
)
STAGES = ("referred", "suitable", "started", "completed")
one_at_a_time = Lock()
"""matplotlib draws one picture at a time."""


class ShownSection(Struct, frozen=True):
    """One programme or kind of order in words; no counts where nothing was supplied.

    `is_drawn`: its way from referral to completion is a picture, for not all of it is nought;
    `is_rated`: so is its completion, for there is somebody of whom to say it.
    """

    title: str
    code: str
    counts: list[list[str | Shown]]
    completion: list[list[str | Shown]]
    reasons: list[list[str]]
    is_drawn: bool
    is_rated: bool


def name_of(code: str) -> str:
    """Programmes and kinds that no list here knows keep their own words."""
    plain = code.replace("-", " ")
    return NAMES.get(code, plain[:1].upper() + plain[1:])


def reason_of(code: str) -> str:
    return REASON_WORDS[ReasonCode(code)]


def sections_of(found: Reports, which: str) -> list[ShownSection]:
    make = programme_sections if which == "programmes" else order_sections
    return [_shown(section) for section in make(found.report, found.before)]


def _shown(section: Section) -> ShownSection:
    return ShownSection(
        name_of(section.code),
        section.code,
        [_count(row) for row in section.rows],
        [[_counted(row), rate_in_words(rate_of(row)), row.meaning] for row in section.completion],
        [[reason_of(row.code), f"{row.number:,}"] for row in section.reasons],
        any(row.number for row in section.rows if row.code in STAGES),
        any(row.of for row in section.completion),
    )


def _count(row: Row) -> list[str | Shown]:
    before = "–" if row.before is None else f"{row.before:,}"
    return [_counted(row), f"{row.number:,}", before, row.change or "Nothing to compare."]


def _counted(row: Row) -> Shown:
    """Each figure leads to how it was counted."""
    return Shown(row.name, f"/report/counted/{row.code.replace('_', '-')}")


def completion_picture(found: Reports) -> bytes:
    """Each programme's completion by each denominator, with its interval; as SVG."""
    with one_at_a_time:
        from outcomes.reports.pictures import Bar, bar_of, bars_with_intervals

        bars = [
            bar_of(f"{name_of(section.code)}, {_short(row)}", rate_of(row))
            for section in programme_sections(found.report, found.before)
            for row in section.completion
        ] or [Bar("No programme", None, None, None, "not supplied")]
        said = " ".join(f"{bar.label}: {bar.words}." for bar in bars)
        title = f"Completion, {found.asked.label}"
        return bars_with_intervals(title, bars, description=f"{title}. {said}").svg()


def _short(row: Row) -> str:
    return row.code.replace("_", " ").replace("due", "of those due", 1)


def lines_of(found: Reports) -> Iterator[list[Cell]]:
    programmes = programme_sections(found.report, found.before)
    for section in (*programmes, *order_sections(found.report, found.before)):
        about = name_of(section.code)
        if not section.rows:
            yield [about, "Not supplied", None, None, None, None, None, None, ""]
        for row in (*section.rows, *section.completion, *section.reasons):
            yield _line(about, row)


def _line(about: str, row: Row) -> list[Cell]:
    name = reason_of(row.code) if row.name == row.code else row.name
    shares = [row.rate, row.low, row.high]
    return [about, name, row.number, row.of, *shares, row.before, row.meaning]
