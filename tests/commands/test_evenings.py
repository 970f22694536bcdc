"""After a session: its note, how people took part, and worries that a manager answers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from outcomes.reactions import react
from outcomes.tasks.commands import finish_task
from outcomes.tasks.concern_commands import answer_concern_and_task
from outcomes.tasks.queries import tasks_about
from outcomes.tasks.words import TaskFor, TaskKind, TaskStatus
from programmes.common.db import fetch, fetch_value
from programmes.common.errors import Conflict, NotFound, Refused
from scheduling.attendance.commands import save_marks
from scheduling.attendance.evening_commands import (
    NoteOfSession,
    TookPart,
    answer_concern,
    note_participation,
    raise_concern,
    write_note,
)
from scheduling.attendance.evening_queries import concerns, note_of_session, participation_at
from scheduling.attendance.words import ConcernKind, Engagement, Homework
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

NOTE = NoteOfSession(covered="What children see and hear")
PROBATION = "probation@waymark.example"


@pytest.fixture
async def group(company: Company) -> Group:
    """Of three, two were there and one was not."""
    made = await make_group(company)
    first, second, third = made.enrolments
    marks = {first: ATTENDED, second: ATTENDED, third: ABSENT}
    async with company.acting(FACILITATOR) as actor:
        await save_marks(made.past, marks, version=1, actor=actor, now=company.clock.now())
    return made


async def test_a_note_is_appended_and_an_earlier_one_stays(company: Company, group: Group) -> None:
    now = company.clock.now()
    async with company.acting(FACILITATOR) as actor:
        await write_note(group.past, NOTE, revision=0, actor=actor, now=now)
        again = NoteOfSession(covered="What children see", homework="Keep the diary")
        await write_note(group.past, again, revision=1, actor=actor, now=now)
        await write_note(group.past, again, revision=2, actor=actor, now=now)
        found = await note_of_session(actor, group.past)
        rows = await fetch_value(
            "SELECT count(*) FROM session_note WHERE session_id = $1", group.past
        )
        with pytest.raises(Conflict) as conflict:
            await write_note(group.past, NOTE, revision=1, actor=actor, now=now)
    assert found is not None
    assert (found.covered, found.revision) == ("What children see", 2)
    assert rows == 2
    assert conflict.value.current["homework"] == "Keep the diary"


async def test_nobody_took_part_in_what_they_missed(company: Company, group: Group) -> None:
    now, (first, _, third) = company.clock.now(), group.enrolments
    took_part = TookPart(engagement=Engagement.TOOK_PART, homework=Homework.DONE)
    async with company.acting(FACILITATOR) as actor:
        with pytest.raises(Refused, match="was not there"):
            await note_participation(group.past, {third: took_part}, actor=actor, now=now)
        with pytest.raises(Refused, match="no mark yet"):
            await note_participation(group.past, {uuid4(): took_part}, actor=actor, now=now)
        given = {first: took_part, third: TookPart(homework=Homework.NOT_DONE)}
        await note_participation(group.past, given, actor=actor, now=now)
        await note_participation(group.past, given, actor=actor, now=now)
        rows = await fetch("SELECT 1 FROM participation WHERE session_id = $1", group.past)
        found = {one.enrolment_id: one for one in await participation_at(actor, group.past)}
    assert len(rows) == 2
    assert found[first].engagement is Engagement.TOOK_PART
    assert found[third].homework is Homework.NOT_DONE


async def test_a_worry_stands_on_the_managers_home_until_it_is_answered(
    company: Company, group: Group
) -> None:
    now = company.clock.now()
    async with company.acting(FACILITATOR) as actor:
        concern = await raise_concern(
            group.past,
            group.enrolments[0],
            kind=ConcernKind.CHILD,
            what="Said the baby was left alone",
            actor=actor,
            now=now,
        )
        with pytest.raises(NotFound):
            await answer_concern(concern, "Nothing", actor=actor, now=now)
        (name,) = [one.person_name for one in await concerns(actor, session_id=group.past)]
    async with await company.as_(MANAGER) as browser:
        assert f"Answer a worry about {name}" in (await browser.get("/")).text
        assert "left alone" in (await browser.get("/concerns")).text
    async with company.acting(MANAGER) as manager:
        await answer_concern(concern, "Called children’s services", actor=manager, now=now)
        with pytest.raises(Refused, match="already"):
            await answer_concern(concern, "Again", actor=manager, now=now)
    async with await company.as_(MANAGER) as browser:
        assert f"Answer a worry about {name}" not in (await browser.get("/")).text


async def test_a_refused_answer_keeps_its_words_though_somebody_else_answered_meanwhile(
    company: Company, group: Group
) -> None:
    now, who = company.clock.now(), group.enrolments[0]
    async with company.acting(FACILITATOR) as actor:
        first, second = [
            await raise_concern(
                group.past, who, kind=ConcernKind.CHILD, what=what, actor=actor, now=now
            )
            for what in ("Left alone", "Left alone again")
        ]
    async with company.acting(MANAGER) as manager:
        await answer_concern(first, "Called them", actor=manager, now=now)
    sent = {"submission": str(uuid4()), "version": "", "answer": "Rang the school at noon"}
    async with await company.as_(MANAGER) as browser:
        refused = await browser.post(f"/concerns/{first}", data=sent)
        nobodys = await browser.post(f"/concerns/{uuid4()}", data=sent | {"answer": ""})
    assert refused.status_code == 422
    assert sent["answer"] in refused.text
    assert f'action="/concerns/{second}"' in refused.text
    assert nobodys.status_code == 404
    async with company.acting(MANAGER) as manager:
        await answer_concern(second, "Called them", actor=manager, now=now)


async def test_a_worry_is_a_task_of_the_same_night_once(company: Company, group: Group) -> None:
    now, note = company.clock.now(), f"/sessions/{group.past}/note"
    async with await company.as_(FACILITATOR) as browser:
        page = await browser.get(note)
        submission = page.text.partition("/concerns")[2].partition('name="submission" value="')[2]
        sent = {"submission": submission[:36], "person": str(group.enrolments[0])}
        sent |= {"kind": ConcernKind.CHILD.value, "what": "Left alone at night"}
        for _ in range(2):
            raised = await browser.post(f"/sessions/{group.past}/concerns", data=sent)
            assert raised.status_code == 303, raised.text
    async with company.acting(MANAGER) as manager:
        await react(manager, now=now)
        (worry,) = await concerns(manager, session_id=group.past)
        (found,) = await tasks_about(manager, worry.id)
        assert (found.kind, found.for_whom) == (TaskKind.ANSWER_CONCERN, TaskFor.MANAGERS)
        assert found.due_at - found.opened_at == timedelta(hours=4)
        assert "alone" not in found.detail
        with pytest.raises(Refused, match="page of worries"):
            await finish_task(found.id, note="Seen", version=1, actor=manager, now=now)
        await answer_concern_and_task(worry.id, "Called them", actor=manager, now=now)
        (done,) = await tasks_about(manager, worry.id)
        assert (done.status, done.note) == (TaskStatus.DONE, "Called them")


async def test_the_note_is_for_those_who_run_the_group(company: Company, group: Group) -> None:
    now, here = company.clock.now(), f"/sessions/{group.past}/note"
    async with company.acting(OUTSIDER) as outsider:
        with pytest.raises(NotFound):
            await write_note(group.past, NOTE, revision=0, actor=outsider, now=now)
    for who, status in ((FACILITATOR, 200), (MANAGER, 200), (OUTSIDER, 404), (PROBATION, 404)):
        async with await company.as_(who) as browser:
            assert (await browser.get(here)).status_code == status, who
            assert (await browser.get(f"/api/v1{here}")).status_code == status, who


async def test_nothing_is_noted_before_the_session(company: Company, group: Group) -> None:
    async with company.acting(FACILITATOR) as actor:
        with pytest.raises(Refused, match="not begun"):
            await write_note(group.coming, NOTE, revision=0, actor=actor, now=company.clock.now())


async def test_the_pages_forms_are_read_and_refused(company: Company, group: Group) -> None:
    here, first, third = f"/sessions/{group.past}", group.enrolments[0], group.enrolments[2]
    sent = {"submission": str(uuid4()), "version": "0", "covered": ""}
    async with await company.as_(FACILITATOR) as browser:
        empty = await browser.post(f"{here}/note", data=sent)
        saved = await browser.post(f"{here}/note", data={**sent, "covered": "Module 1"})
        part = {f"engagement-{first}": "listened", f"homework-{first}": "done"}
        noted = await browser.post(f"{here}/participation", data=part)
        refused = await browser.post(
            f"{here}/participation",
            data={f"engagement-{third}": "listened", f"homework-{third}": ""},
        )
        strange = await browser.post(f"{here}/participation", data={"homework-x": "done"})
        worry = await browser.post(
            f"{here}/concerns", data={"submission": str(uuid4()), "person": str(uuid4())}
        )
        shown = await browser.get(f"{here}/note")
    assert (empty.status_code, saved.status_code, noted.status_code) == (422, 303, 303)
    assert "Enter what was covered" in empty.text
    assert (refused.status_code, strange.status_code, worry.status_code) == (422, 422, 422)
    assert "was not there, and so took no part" in refused.text
    assert 'value="listened" checked' in shown.text
