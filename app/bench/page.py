"""What a run found, as a table for a terminal and as the page that is kept in `docs`."""

from collections.abc import Iterator

from app.bench.running import Bench, Measured

SAYS_OF_SIZES = {
    "leeds": "3,320 people, 300 groups, 50,000 marks",
    "x10": "33,200 people, 3,000 groups, 500,000 marks",
    "national": "332,000 people, 30,000 groups, 5 million marks",
}


def as_text(found: Bench) -> str:
    lines = [f"{'job':<50} {'ratio':>6} {'target':>6} {'ours ms':>9} {'limit ms':>9} {'growth':>7}"]
    for one in found.jobs:
        lines.append(
            f"{one.job:<50} {one.ratio:>6.2f} {one.target:>6.2f} {one.ours_ms:>9.2f} "
            f"{one.limit_ms:>9.2f} {_growth(one):>7}"
        )
    return "\n".join(lines)


def as_markdown(found: Bench, *, command: str, measured_on: str) -> str:
    """Overwritten by each `--write`; nothing in it is written by hand."""
    return "\n".join(_lines(found, command, measured_on)) + "\n"


def _lines(found: Bench, command: str, measured_on: str) -> Iterator[str]:
    at = found.machine
    largest = found.sizes[-1]
    yield "# How fast the daily work is"
    yield ""
    yield (
        f"Made by `{command}` on {measured_on}; nothing in it is written by hand. "
        f"Machine: {at.cores} cores ({at.processor}), Python {at.python}, PostgreSQL "
        f"{at.postgresql}, embedded. Load when it began: {at.load} on {at.cores} cores."
    )
    yield ""
    yield (
        "*Ours* is a request to the service, past the network alone. *The limit* is the same work "
        "written by hand with asyncpg and msgspec (`app/bench/limits.py`): same server, login, "
        "identity, row security, audit and payload. Both in turn, in one process; medians. A ratio "
        "holds where other work disturbs both; on a busy machine the milliseconds do not."
    )
    yield ""
    yield f"Sizes: {'; '.join(f'{size} ({SAYS_OF_SIZES[size]})' for size in found.sizes)}. "
    yield f"Figures are of {largest}; growth is e in time ~ size^e over all of them."
    yield ""
    yield "| Job | Ratio | Target | Ours, ms | Limit, ms | Growth | Target |"
    yield "|---|---|---|---|---|---|---|"
    for one in found.jobs:
        target = "" if one.exponent_target is None else f"≤ {one.exponent_target:.2f}"
        yield (
            f"| {one.job} | {one.ratio:.2f} | ≤ {one.target} | {one.ours_ms:,.2f} | "
            f"{one.limit_ms:,.2f} | {_growth(one)} | {target} |"
        )
    yield ""
    yield from _beside(found)


def _beside(found: Bench) -> Iterator[str]:
    if found.report_memory_mb is not None:
        yield (
            f"The process held at most {found.report_memory_mb} MB while it made the report "
            "(target 150 MB)."
        )
        yield ""
    yield "## What row security costs"
    yield ""
    yield "The same statement as the pages' login sends it, and as the superuser, whom it lets by."
    yield ""
    yield "| Statement | With, ms | Without, ms |"
    yield "|---|---|---|"
    for one in found.row_security:
        yield f"| {one.statement} | {one.with_ms:.2f} | {one.without_ms:.2f} |"


def _growth(one: Measured) -> str:
    return "" if one.exponent is None else f"{one.exponent:.2f}"
