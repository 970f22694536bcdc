"""Finding people: by the start of a surname or a whole reference, among those one may see."""

import secrets
from datetime import UTC, date, datetime

import pytest

from programmes.common.ids import ids
from programmes.people import queries
from programmes.people.commands import NewPerson, add_person
from programmes.people.queries import people, person
from programmes.people.words import Sex
from tests.cast import Company


async def _add(company: Company, *last_names: str) -> str:
    """Answers the reference of the last one."""
    now = datetime.now(UTC)
    async with company.acting("probation") as actor:
        for name in last_names:
            new = NewPerson("Sought", name, date(1990, 1, 1), Sex.MALE)
            added = await add_person(new, actor=actor, now=now)
        return (await person(actor, added)).reference


async def test_somebody_is_found_by_the_start_of_a_surname_or_a_whole_reference(
    company: Company,
) -> None:
    reference = await _add(company, "Quillfeather")
    async with company.acting("probation") as actor:
        by_name = await people(actor, starts_with="quillf")
        by_reference = await people(actor, starts_with=f" {reference.lower()} ")
        by_half = await people(actor, starts_with=reference[:6])
    assert [row.last_name for row in by_name.rows] == ["Quillfeather"]
    assert by_name.total == 1
    assert by_reference.rows == by_name.rows
    assert by_half.rows == []


async def test_a_reference_of_letters_alone_is_one_too(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_z(size: int) -> int:
        return secrets.randbits(21) * 28**8 + 28**8 - 1

    monkeypatch.setattr(ids, "random_bits", all_z)
    reference = await _add(company, "Quilletters")
    assert reference == "P-ZZZZ-ZZZZ"
    async with company.acting("probation") as actor:
        found = await people(actor, starts_with="p-zzzz-zzzz")
    assert [row.last_name for row in found.rows] == ["Quilletters"]


async def test_nobody_finds_whom_they_may_not_see(company: Company) -> None:
    reference = await _add(company, "Quillhidden")
    async with company.acting("case-owner") as actor:
        assert (await people(actor, starts_with="quillh")).rows == []
        assert (await people(actor, starts_with=reference)).total == 0


async def test_no_more_are_counted_than_somebody_leafs_through(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    await _add(company, "Quillmany A", "Quillmany B", "Quillmany C")
    async with company.acting("manager") as actor:
        found = await people(actor, starts_with="quillmany")
        past_the_end = await people(actor, starts_with="quillmany", page=2)
    assert (len(found.rows), found.total, found.is_more) == (3, 2, True)
    assert (past_the_end.rows, past_the_end.total, past_the_end.is_more) == ([], 3, False)
