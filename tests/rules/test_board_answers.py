"""The board's six questions: answered in order, from released tables, with the period named."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

import pytest

from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.periods import Period, Span
from outcomes.disclosure.release import Release, release
from outcomes.disclosure.words import Profile, RawTable
from outcomes.releases.answer_words import ALONE, Answer, Beside
from outcomes.releases.answers import answers
from outcomes.releases.measures import answered
from outcomes.releases.rules import latest_beside
from outcomes.releases.words import FrozenRelease, ReleaseFacts
from tests.rules.disclosure_cases import NOISE, records, spec_of
from tests.rules.told_numbers import numbers_not_released

QUARTER, YEAR = Period(2026, 3), Period(2025)
QUESTIONS = (
    "How many started?",
    "How many finished, and of how many?",
    "Is that better than a year earlier?",
    "Are partners safer?",
    "Who could not be helped?",
    "What is not known, and why?",
)
BY_YEAR = ("Are partners safer?", "Who could not be helped?")
UNMET = {"no_children": 30, "woman_causing_harm": 24, "language": 3}
SAFETY = {
    ("completed", "not_known"): 30,
    ("completed", "safer"): 14,
    ("completed", "same"): 9,
    ("completed", "less_safe"): 4,
    ("not_completed", "not_known"): 40,
    ("not_completed", "safer"): 3,
}


@cache
def quarter(due: int = 30, completed: int = 21) -> Release:
    return of(QUARTER, activity=activity(due, completed))


@cache
def year() -> Release:
    return of(
        YEAR,
        activity=activity(120, 72),
        unmet_need={(reason,): size for reason, size in UNMET.items()},
        partner_safety=SAFETY,
    )


def activity(due: int, completed: int) -> dict[tuple[str, ...], int]:
    return {
        ("started",): due + 5,
        ("due_to_finish",): due,
        ("due_and_completed",): completed,
        ("due_and_not_completed",): due - completed,
        ("completed",): completed,
    }


def of(
    period: Period,
    profile: Profile = Profile.PARTNERSHIP,
    **tables: Mapping[tuple[str, ...], int],
) -> Release:
    raws = [RawTable(code, period, records(cells)) for code, cells in tables.items()]
    kept = [spec for spec in CATALOGUE if spec.code in tables]
    return release(raws, profile=profile, catalogue=kept, earlier=(), noise=NOISE)


def told(found: Release, beside: Beside) -> dict[str, Answer]:
    return {one.question: one for one in answers(found, beside)}


def facts(code: str, until: str, profile: Profile = Profile.PARTNERSHIP) -> ReleaseFacts:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return ReleaseFacts(
        id=UUID(int=1),
        title=code,
        profile=profile,
        code=code,
        revision=0,
        from_on=at.date(),
        until_on=datetime.fromisoformat(until).date(),
        sha256="",
        computed_at=at,
        prepared_by=None,
        published_at=at,
        is_newest=True,
    )


def frozen(release: Release) -> FrozenRelease:
    return FrozenRelease(facts(release.period.code, str(release.period.until)), release)


BESIDE = Beside(year=frozen(year()))


@pytest.mark.parametrize("beside", [ALONE, BESIDE])
def test_the_six_questions_come_first_and_in_order(beside: Beside) -> None:
    for found in (quarter(), year()):
        assert tuple(one.question for one in answers(found, beside))[:6] == QUESTIONS


def test_a_quarter_quotes_the_published_year_by_its_name() -> None:
    here, there = told(quarter(), BESIDE), told(year(), ALONE)
    for question in BY_YEAR:
        mine, theirs = here[question], there[question]
        assert mine.quoted is not None
        assert mine.quoted.code == "2025"
        assert mine.said[0] == f"2025, the latest year that is published. {theirs.said[0]}"
        assert mine.said[1:-1] == theirs.said[1:]
        assert mine.said[-1].startswith("Not told by quarter")
        assert mine.chart is None


def test_what_is_quoted_was_released_and_nothing_else() -> None:
    here = told(quarter(), BESIDE)
    for question in BY_YEAR:
        said = re.sub(r"\b(2025|95)\b", "", " ".join(here[question].said[:-1]))
        assert numbers_not_released(said, year().tables) == frozenset(), said
        assert any(figure in said for figure in ("45", "60", "55")), said


def test_completion_is_set_beside_the_year_with_both_denominators_and_intervals() -> None:
    better = told(quarter(), BESIDE)["Is that better than a year earlier?"]
    said = " ".join(better.said)
    assert "Compared with the whole of 2025" in said
    assert "no figures for July to September 2025 have been published" in said
    assert "21 of 30, 70.0% (52.1–83.3) now, 72 of 120, 60.0% (51.1–68.3) then" in said
    assert "No clear change" in said
    assert "Starts." not in said


def test_the_same_quarter_a_year_earlier_goes_before_the_year() -> None:
    before = replace(quarter(60, 18), period=Period(2025, 3))
    said = told(quarter(), replace(BESIDE, before=before))
    better = " ".join(said["Is that better than a year earlier?"].said)
    assert "Compared with July to September 2025." in better
    assert "21 of 30, 70.0% (52.1–83.3) now, 18 of 60, 30.0% (19.9–42.5) then" in better
    assert "Higher than before" in better
    assert "Starts." in better
    assert "whole of 2025" not in better


def test_without_a_published_year_the_pack_says_where_the_answer_will_be() -> None:
    alone = told(quarter(), ALONE)
    assert "Told by year" in " ".join(alone["Who could not be helped?"].said)
    assert "told by year" in " ".join(alone["Are partners safer?"].said)
    assert alone["Is that better than a year earlier?"].said == (
        "Not known: no figures for July to September 2025 have been published.",
    )


def test_marks_that_are_quoted_are_explained() -> None:
    """The quarter hides nothing itself; [c] comes in with the year's figures."""
    question = "What is not known, and why?"
    hidden = "Figures under 8 stand as [c]"
    assert hidden not in " ".join(told(quarter(), ALONE)[question].said)
    assert hidden in " ".join(told(quarter(), BESIDE)[question].said)


def test_a_hidden_figure_is_told_in_plain_words_in_the_first_sentence() -> None:
    cells = {("orders_made",): 2, ("breach_events",): 1, ("clocks_due",): 1}
    few = {**activity(4, 2), ("started",): 2}
    found = of(YEAR, Profile.PUBLIC, activity=few, orders=cells)
    here = told(found, ALONE)
    assert here["How many started?"].said[0].startswith("7 or fewer starts on a programme, perhaps")
    finished = here["How many finished, and of how many?"]
    assert finished.said[0] == (
        "7 or fewer places in groups that came to their end, perhaps none: too few to show."
    )
    orders = here["What of protection orders?"].said
    assert orders[:2] == (
        "7 or fewer protection orders were made, perhaps none.",
        "7 or fewer breaches were recorded, perhaps none.",
    )
    assert "[c]" not in " ".join(orders)
    assert "7 or fewer made, perhaps none" in str(answered(found))


def test_a_measure_told_by_year_names_the_year_it_is_from() -> None:
    alone = {one.name: one.figure for one in answered(quarter())}
    beside = {
        one.name: one.figure for one in answered(quarter(), Beside(year=frozen(themes_of(40))))
    }
    assert alone["Survivor feedback"] == "Told by year: see the release of each year"
    assert beside["Survivor feedback"] == (
        "2025: 40 partners asked at the start. See the figures for 2025."
    )


def themes_of(people: int) -> Release:
    """The same partners under every theme, every other one better."""
    spec = spec_of("safety_themes")
    asked = [[f"partner {number}" for number in range(half, people, 2)] for half in range(2)]
    cells = {
        (theme.code, answer): frozenset(names)
        for theme in spec.variables[0].categories
        for answer, names in zip(("no_answer", "better"), asked, strict=True)
    }
    raw = RawTable(spec.code, YEAR, cells)
    return release([raw], profile=Profile.PARTNERSHIP, catalogue=[spec], earlier=(), noise=NOISE)


def test_three_years_together_say_where_the_rest_is_told() -> None:
    """They hold partners' safety alone; nothing else was held back from them."""
    block = of(Period(2023, years=3), partner_safety_3y=SAFETY)
    here = told(block, ALONE)
    assert tuple(here)[:6] == QUESTIONS
    elsewhere = {asked for asked, one in here.items() if one.said[0].startswith("Told by year")}
    assert elsewhere == {
        *QUESTIONS[:3],
        "Who could not be helped?",
        "What happened in the half year afterwards?",
        "What of protection orders?",
    }
    assert "could be published" not in str(here)
    assert "could be published" not in str(answered(block))


def test_three_years_together_answer_where_a_year_is_too_small() -> None:
    question = "Are partners safer?"
    small = of(YEAR, partner_safety={("completed", "not_known"): 12, ("completed", "safer"): 3})
    block = of(Period(2023, years=3), partner_safety_3y=SAFETY)
    both = Beside(year=frozen(small), block=frozen(block))
    said = told(quarter(), both)[question].said
    three = (
        "2023 to 2025, the latest three years that are published. Where the person completed, 55"
    )
    assert said[0].startswith(three)
    assert said[-1].startswith("Not told by quarter")
    said = told(small, Beside(block=frozen(block)))[question].said
    assert said[0].startswith(three)
    assert said[-1].startswith("2025 alone: Where the person completed, 15 partners (released")
    assert told(year(), Beside(block=frozen(block)))[question].quoted is None
    few = told(quarter(), Beside(year=frozen(small)))[question]
    assert few.said[0].endswith("15 partners (released value): too few to show.")


def test_the_last_longer_period_that_was_over_is_quoted_to_the_same_readers() -> None:
    later, last, earlier = (facts(str(y), f"{y + 1}-01-01") for y in (2026, 2025, 2024))
    public = facts("2025", "2026-01-01", Profile.PUBLIC)
    third, fourth = facts("2026Q3", "2026-10-01"), facts("2026Q4", "2027-01-01")
    three = facts("2023-2025", "2026-01-01")
    published = [later, fourth, third, public, last, three, earlier]
    assert latest_beside(published, third, Span.YEAR) is last
    assert latest_beside(published, fourth, Span.YEAR) is later
    assert latest_beside([third, public], third, Span.YEAR) is None
    assert latest_beside(published, later, Span.YEAR) is None
    assert latest_beside(published, last, Span.THREE_YEARS) is three
    assert latest_beside(published, earlier, Span.THREE_YEARS) is None
    assert latest_beside(published, three, Span.YEAR) is None
