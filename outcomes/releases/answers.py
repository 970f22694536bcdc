"""The board's six questions, answered in words from the released tables and from nothing else."""

from collections.abc import Iterable

from outcomes.disclosure.catalogue import title_of_table
from outcomes.disclosure.describe import cell_in_words, line_in_words, line_share
from outcomes.disclosure.periods import Period, Span
from outcomes.disclosure.release import Release
from outcomes.disclosure.words import Marker, ReleasedTable
from outcomes.releases.answer_words import (
    ALONE,
    Answer,
    Beside,
    Chart,
    at_most,
    named_as_latest,
    quoted,
    too_few,
)
from outcomes.releases.safety_answers import afterwards, partners_safer
from outcomes.releases.words import FrozenRelease
from outcomes.reports.rates import compare_counts, compare_rates
from outcomes.reports.sentences import change_in_words, count_change_in_words, rate_in_words
from outcomes.reports.words import Rate

WHY_HIDDEN = (
    "Figures under 8 stand as [c]: Leeds is small, and a small figure could point at a family."
)
NEVER_KNOWN = (
    "Whether the programme made anybody safer: partners who answer differ from those who do not, "
    "and people who complete differ from those who stop.",
    "What happens to people nobody referred, and abuse that nobody reported.",
)
NOT_HELD = (
    "Age and ethnic group of survivors: they are not recorded in this service.",
    "How partners fare who have no support service: nobody asked them.",
)


def answers(release: Release, beside: Beside = ALONE) -> tuple[Answer, ...]:
    """The board's six questions first, in its order; then what happened around them."""
    tables, period, year = release.by_code, release.period, beside.year
    six = (
        *_activity_answers(tables.get("activity"), period, beside),
        partners_safer(tables, period, beside),
        _not_helped(tables, period, year),
    )
    after = afterwards(tables.get("afterwards"), period, year)
    return (
        *six,
        Answer("What is not known, and why?", not_known(release, beside)),
        after,
        _orders_answer(tables.get("orders"), period),
    )


def year_before(period: Period) -> Period:
    """The same period one year (for three years together: three years) earlier."""
    return Period(period.year - period.years, period.quarter, period.years)


def _activity(release: Release | None) -> ReleasedTable | None:
    return release.by_code.get("activity") if release else None


def _activity_answers(
    table: ReleasedTable | None, period: Period, beside: Beside
) -> tuple[Answer, ...]:
    if table is None:
        is_block = period.span is Span.THREE_YEARS
        return tuple(Answer(one, (_BY_YEAR,)) for one in _ASKED_OF_ACTIVITY) if is_block else ()
    return (_started(table), _finished(table), _better(table, period, beside))


_STARTED, _FINISHED, _BETTER = _ASKED_OF_ACTIVITY = (
    "How many started?",
    "How many finished, and of how many?",
    "Is that better than a year earlier?",
)
_BY_YEAR = "Told by year: see the release of each year."


def _started(table: ReleasedTable) -> Answer:
    text = _texts(table)
    return Answer(
        _STARTED,
        (
            f"{_number(table, 'started', 'starts on a programme')}: somebody who started twice, "
            "after two referrals, counts twice.",
            f"There were {text['referred']} referrals; {text['suitable']} were found suitable in "
            f"the same period, and {text['reached']} different people came to at least one session "
            "in it. These are different people at different points, so one is not a share of "
            "another.",
        ),
        "activity",
        Chart.FUNNEL,
    )


def _finished(table: ReleasedTable) -> Answer:
    children = _number(table, "children", "children")
    return Answer(
        _FINISHED,
        (
            _completed(table),
            f"The people who completed have {children}, each counted once.",
            "Whoever is in a group that still runs is not counted yet, neither as finished nor as "
            "not finished.",
        ),
        "activity",
        Chart.COMPLETION,
    )


def _completed(table: ReleasedTable) -> str:
    whole, ended = table.cell("due_to_finish"), "places in groups that came to their end"
    if whole.value is None:
        return too_few(ended)
    if table.cell("due_and_completed").value is None:
        return f"Of {whole.text} {ended}, {at_most('were completed')}."
    line = next(line for line in table.lines if line.code == "due_and_completed")
    said = f"Completed, of the {ended}: {line_in_words(table, line)}."
    chance = " The range in brackets is what chance alone allows (a 95% interval)."
    return said + (chance if line_share(table, line) else "")


def _better(table: ReleasedTable, period: Period, beside: Beside) -> Answer:
    question, earlier = _BETTER, year_before(period).label
    if before := _activity(beside.before):
        said = (*_completion_change(table, before), *_count_changes(table, before))
        verdict, *rest = said or (_CANNOT_SAY,)
        return Answer(question, (verdict, f"Compared with {earlier}.", *rest))
    none = f"no figures for {earlier} have been published."
    year = beside.year
    whole = _activity(year.figures) if year else None
    if year is None or whole is None or not (rates := (*_completion_change(table, whole),)):
        return Answer(question, (f"Not known: {none}",))
    verdict, *rest = rates
    named = f"Compared with the whole of {named_as_latest(year)}"
    said = (verdict, f"{named}; {none}", *rest, _NO_COUNTS)
    return Answer(question, said, quoted=year.facts)


_CANNOT_SAY = "Not known: the figures of both periods were rounded too far to be compared."
_NO_COUNTS = (
    "How many started or completed is not compared: a quarter is shorter than a year. Completion "
    "by programme differs, so a quarter in which other groups ended can differ for that alone."
)


def _completion_change(table: ReleasedTable, before: ReleasedTable) -> Iterable[str]:
    now, then = _completion_rate(table), _completion_rate(before)
    if now is not None and then is not None:
        change = change_in_words(compare_rates(then, now))
        yield f"Completion of those due to finish. {change}"
        yield f"{rate_in_words(now)} now, {rate_in_words(then)} then."


def _count_changes(table: ReleasedTable, before: ReleasedTable) -> Iterable[str]:
    for code, name in (("started", "Starts"), ("completed", "Completions")):
        counts = before.cell(code).value, table.cell(code).value
        if counts[0] is not None and counts[1] is not None:
            yield f"{name}. {count_change_in_words(compare_counts(counts[0], counts[1]))}"


def _completion_rate(table: ReleasedTable) -> Rate | None:
    line = next(line for line in table.lines if line.code == "due_and_completed")
    found = line_share(table, line)
    return found if isinstance(found, Rate) else None


def _not_helped(
    tables: dict[str, ReleasedTable], period: Period, year: FrozenRelease | None = None
) -> Answer:
    question = "Who could not be helped?"
    table = tables.get("unmet_need")
    if table is None and year is not None:
        theirs = _not_helped(year.figures.by_code, year.figures.period)
        return quoted(theirs, year, _REASONS_BY_YEAR)
    if table is None:
        return Answer(question, (_NO_TABLE if period.span is Span.YEAR else _BY_YEAR,))
    ((total, parts),) = table.rows
    if table.cell(*total).value is None:
        return Answer(question, (too_few(table.unit),), table.code)
    said = "; ".join(cell_in_words(table, key) for key in parts)
    return Answer(question, (f"{table.cell(*total).text} {table.unit}: {said}.",), table.code)


_REASONS_BY_YEAR = (
    "Not told by quarter: so few are refused in three months that most figures would be hidden."
)


_NO_TABLE = "Not known: the reasons could not be published without pointing at somebody."


def _orders_answer(table: ReleasedTable | None, period: Period) -> Answer:
    question = "What of protection orders?"
    if table is None:
        none = "No table of orders could be published."
        return Answer(question, (_BY_YEAR if period.span is Span.THREE_YEARS else none,))
    text = _texts(table)
    if text["orders_made"] == text["breach_events"] == "0":
        none = "No protection order (DVPO, DAPO) was made, and no breach of one was recorded."
        return Answer(question, (none, _deadlines(table)), "orders")
    return Answer(
        question,
        (
            f"{_number(table, 'orders_made', 'protection orders were made')}.",
            _breaches(table),
            "More breaches recorded can mean that more are reported. An order that was breached "
            "need not have been made in this period, so these are not a rate.",
            _deadlines(table),
        ),
        "orders",
    )


def _breaches(table: ReleasedTable) -> str:
    recorded = _number(table, "breach_events", "breaches were recorded")
    if table.cell("breach_events").value is None:
        return f"{recorded}."
    text = _texts(table)
    return (
        f"{recorded} ({text['breach_events_established']} admitted or proved); they fell on "
        f"{text['orders_breached']} orders ({text['orders_breached_established']} with one "
        "admitted or proved)."
    )


def _deadlines(table: ReleasedTable) -> str:
    if table.cell("clocks_due").value == 0:
        return "No deadline was recorded as falling due: times of service were not entered."
    if table.cell("clocks_due").value is None:
        return f"{at_most('deadlines for a hearing or for court fell due')}."
    line = next(line for line in table.lines if line.code == "clocks_met")
    return f"Deadlines for a hearing or for court that were met: {line_in_words(table, line)}."


def not_known(release: Release, beside: Beside = ALONE) -> tuple[str, ...]:
    """What the tables, and those that are quoted, cannot say, and why."""
    said = [*NEVER_KNOWN]
    sources = [one.figures for one in (beside.year, beside.block) if one]
    shown = [table for one in (release, *sources) for table in one.tables]
    if any(cell.marker is Marker.CONFIDENTIAL for table in shown for _key, cell in table.cells):
        said.append(WHY_HIDDEN + _exact_too(release))
    if release.withheld:
        titles = "; ".join(title_of_table(code) for code in release.withheld)
        said.append(f"Held back whole, to protect people: {titles}.")
    return (*said, *NOT_HELD)


def _exact_too(release: Release) -> str:
    """What the board sees whole beside what is hidden: else a small figure looks like a slip."""
    exact = [table.title for table in release.tables if table.is_exact]
    said = f" Exact, as the city publishes such totals itself: {'; '.join(exact)}."
    return said if exact else ""


def _number(table: ReleasedTable, code: str, unit: str) -> str:
    """`66 starts`, or in words what [c] says."""
    cell = table.cell(code)
    return at_most(unit) if cell.value is None else f"{cell.text} {unit}"


def _texts(table: ReleasedTable) -> dict[str, str]:
    return {key[0]: cell.text for key, cell in table.cells}
