"""Completion: derived from the registers, decided by a named person, taken back with a reason."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app.operator import as_operator
from outcomes.completion.commands import decide_completion, notice_lost
from outcomes.completion.queries import decisions_on, standings
from outcomes.completion.words import CompletionOutcome
from outcomes.disclosure import periods as disclosure
from outcomes.releases.counting_rules import completed_places
from outcomes.releases.work_side_queries import work_facts
from outcomes.reports.figures import Period
from outcomes.reports.management import management_report
from programmes.catalogue.queries import programmes
from programmes.catalogue.words import MarkCode
from programmes.common.clock import london_date
from programmes.common.db import Side, fetch, fetch_value
from programmes.common.errors import NotFound, Refused
from scheduling.attendance.commands import save_marks, sign_off
from scheduling.attendance.correction_commands import agree_to_correction, ask_for_correction
from scheduling.attendance.queries import marks_of_person
from scheduling.attendance.rules import GivenMark
from tests.attendance_case import (
    ABSENT,
    ATTENDED,
    FACILITATOR,
    MANAGER,
    OUTSIDER,
    Group,
    make_group,
)
from tests.cast import Company

COMPLETED, NOT = CompletionOutcome.COMPLETED, CompletionOutcome.NOT_COMPLETED
BOTH_PAST = (timedelta(days=-30), timedelta(hours=-20))


@pytest.fixture
async def pair(company: Company) -> Group:
    """Two workshops, both held: one was at both, one missed the second."""
    group = await make_group(company, size=2, of="cara", starts=BOTH_PAST)
    first, second = group.enrolments
    await _take(company, group.past, {first: ATTENDED, second: ATTENDED})
    await _take(company, group.coming, {first: ATTENDED, second: ABSENT})
    return group


async def _take(company: Company, session_id: UUID, marks: dict[UUID, GivenMark]) -> None:
    now = company.clock.now()
    async with company.acting(FACILITATOR) as actor:
        version = await save_marks(session_id, marks, version=1, actor=actor, now=now)
        await sign_off(session_id, version=version, actor=actor, now=now)


async def _decide(
    company: Company, place: UUID, outcome: CompletionOutcome, reason: str = "", who: str = MANAGER
) -> UUID:
    async with company.acting(who) as actor:
        return await decide_completion(
            place, outcome, reason=reason, actor=actor, now=company.clock.now()
        )


async def test_a_decision_keeps_what_was_counted_and_the_rule(
    company: Company, pair: Group
) -> None:
    await _decide(company, pair.enrolments[0], COMPLETED, who=FACILITATOR)
    async with company.acting(MANAGER) as manager:
        (found,) = await decisions_on(manager, pair.enrolments[0])
        place = await fetch(
            "SELECT status, ended_on FROM enrolment WHERE id = $1", pair.enrolments[0]
        )
        facts = await fetch_value(
            "SELECT count(*) FROM fact WHERE person_id = $1 AND kind = 'completed'", pair.people[0]
        )
    assert (found.attended, found.needed, found.sessions, found.rule_number) == (2, 2, 2, 1)
    assert found.decided_by == "Frankie Ackroyd"
    assert place[0]["status"] == "completed"
    assert place[0]["ended_on"] is not None
    assert facts == 1


async def test_nobody_decides_against_the_registers_or_in_another_group(
    company: Company, pair: Group
) -> None:
    with pytest.raises(Refused, match="of the 2 sessions needed"):
        await _decide(company, pair.enrolments[1], COMPLETED)
    with pytest.raises(NotFound):
        await _decide(company, pair.enrolments[0], COMPLETED, who=OUTSIDER)
    with pytest.raises(NotFound):
        await _decide(company, uuid4(), COMPLETED)


async def test_a_decision_is_taken_back_with_a_reason_and_stays_readable(
    company: Company, pair: Group
) -> None:
    place = pair.enrolments[0]
    await _decide(company, place, COMPLETED)
    with pytest.raises(Refused, match="takes back"):
        await _decide(company, place, NOT)
    await _decide(company, place, NOT, "Recorded for the wrong person")
    async with company.acting(MANAGER) as manager:
        found = await decisions_on(manager, place)
        status = await fetch_value("SELECT status FROM enrolment WHERE id = $1", place)
    assert [(one.outcome, one.is_current) for one in found] == [(NOT, True), (COMPLETED, False)]
    assert status == "ended"


async def _report(company: Company) -> tuple[int, int]:
    today = london_date(company.clock.now())
    period = Period(today - timedelta(days=60), today + timedelta(days=1))
    async with company.acting(MANAGER) as manager:
        figures = (await management_report(period, actor=manager)).programmes["cara"]
    assert figures is not None
    return figures.completed, figures.started


async def test_the_report_counts_decisions_where_there_are_any(
    company: Company, pair: Group
) -> None:
    derived = await _report(company)
    await _decide(company, pair.enrolments[0], COMPLETED)
    assert await _report(company) == derived
    await _decide(company, pair.enrolments[0], NOT, "Recorded for the wrong person")
    assert await _report(company) == (derived[0] - 1, derived[1])


async def test_a_release_counts_decisions_where_there_are_any(
    company: Company, pair: Group
) -> None:
    """As the report does; the registers say that the first completed and the second did not."""
    first, second = (str(place) for place in pair.enrolments)
    assert (await _released(company)) & {first, second} == {first}
    await _decide(company, pair.enrolments[0], COMPLETED)
    assert (await _released(company)) & {first, second} == {first}
    await _decide(company, pair.enrolments[0], NOT, "Recorded for the wrong person")
    assert (await _released(company)) & {first, second} == set()


async def _released(company: Company) -> set[str]:
    """The places that a release of the year in which the pair ended counts as completed."""
    ended_on = london_date(company.clock.now() + BOTH_PAST[-1])
    async with company.databases.transaction("work_bridge_reader"):
        versions = {one.id: one.rules for each in await programmes() for one in each.versions}
        facts = await work_facts(disclosure.Period(ended_on.year), versions)
    return set(completed_places(facts, versions))


async def test_who_can_no_longer_finish_is_noticed_once_and_a_correction_ends_it(
    company: Company, pair: Group
) -> None:
    """In a language in which no other group is interpreted, so that no later pair is open."""
    now, lost = company.clock.now(), pair.enrolments[1]
    async with company.owner(Side.WORK) as owner, owner.transaction():
        await owner.execute("SELECT set_config('waymark.act', 'set-a-language', true)")
        await owner.execute(
            "UPDATE person SET interpreter_needed = true, first_language = 'Nahuatl' WHERE id = $1",
            pair.people[1],
        )
    await _sweep(company)
    await _sweep(company)
    async with company.acting(MANAGER) as manager:
        rows = await fetch("SELECT lost_on, over_at FROM finish_lost WHERE enrolment_id = $1", lost)
        facts = await fetch_value(
            "SELECT count(*) FROM fact WHERE person_id = $1 AND kind = 'can no longer finish'",
            pair.people[1],
        )
        (stands,) = await standings(manager, now=now, enrolments=[lost])
    assert stands.is_lost
    assert [(row["lost_on"], row["over_at"]) for row in rows] == [(london_date(now), None)]
    assert facts == 1
    await _correct(company, pair.people[1])
    await _sweep(company)
    async with company.acting(MANAGER):
        over = await fetch_value("SELECT over_at FROM finish_lost WHERE enrolment_id = $1", lost)
    assert over is not None


async def _sweep(company: Company) -> None:
    now = company.clock.now()
    async with as_operator(company.databases, Side.WORK, act="job-notice", now=now) as operator:
        await notice_lost(actor=operator, now=now)


async def _correct(company: Company, person_id: UUID) -> None:
    now = company.clock.now()
    async with company.acting(FACILITATOR) as actor:
        mark = next(m for m in await marks_of_person(actor, person_id) if not m.is_there)
        asked = await ask_for_correction(
            mark.id, GivenMark(code=MarkCode.ATTENDED), reason="Wrong line", actor=actor, now=now
        )
    async with company.acting(MANAGER) as manager:
        await agree_to_correction(asked, actor=manager, now=now)


async def test_the_pages_show_who_stands_where_and_the_decision(
    company: Company, pair: Group
) -> None:
    place, here = pair.enrolments[0], f"/places/{pair.enrolments[0]}/completion"
    sent = {"submission": str(uuid4()), "version": "", "outcome": "completed", "reason": ""}
    async with await company.as_(MANAGER) as browser:
        group = await browser.get(f"/cohorts/{pair.cohort_id}")
        empty = await browser.post(here, data={**sent, "outcome": ""})
        decided = await browser.post(here, data=sent)
        page = await browser.get(here)
        person = await browser.get(f"/people/{pair.people[0]}/attendance")
        again = await browser.post(
            f"/api/v1{here}", json={"outcome": "completed", "reason": "Twice"}
        )
    assert "Who completed?" in group.text
    assert "2 of 2" in group.text
    assert (empty.status_code, decided.status_code, again.status_code) == (422, 303, 422)
    assert "2 attended of 2, 2 needed by version 1 of the rule" in page.text
    assert f"/places/{place}/completion" in person.text
    async with await company.as_("board") as browser:
        assert (await browser.get(here)).status_code == 404


async def test_a_register_says_of_each_whether_they_can_still_finish(company: Company) -> None:
    group = await make_group(company)
    async with await company.as_(FACILITATOR) as browser:
        page = await browser.get(f"/sessions/{group.past}/register")
    assert "0 of 14 needed, 1 left." in page.text
