"""Importing workbooks on this machine: both are checked before either database is written."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import asyncpg

from app.databases import Databases
from app.operator import as_operator, who
from app.safekeeping.keys import key_of
from app.safekeeping.sealing import SurvivorSealing
from outcomes.survivors.import_commands import import_survivors, plan_survivor_import
from outcomes.survivors.import_queries import people_by_ref
from outcomes.survivors.import_work import SurvivorImport
from outcomes.survivors.workbook import CHECK_INS, SURVIVORS, SurvivorBook, read_survivor_book
from programmes.common.db import Side
from programmes.common.staff import Actor
from programmes.common.workbooks.changes import Digest
from programmes.common.workbooks.words import BookRefused, RowError
from scheduling.workbooks.commands import import_book, plan_import, vocabulary
from scheduling.workbooks.contract import SHEETS
from scheduling.workbooks.reading import read_programme_book
from scheduling.workbooks.words import ProgrammeBook

Counts = dict[str, dict[str, int]]
_BRIDGE = "work_bridge_reader"


@dataclass
class Outcome:
    """What was planned, what is wrong, and whether all of it was written; else which sides were."""

    plan: Counts = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)
    applied: bool = False
    written: list[Side] = field(default_factory=list)


@dataclass(frozen=True)
class Books:
    """The workbooks that were given, by their paths."""

    programme: Path | None
    survivors: Path | None

    @property
    def sides(self) -> tuple[Side, ...]:
        given = {Side.WORK: self.programme, Side.SURVIVOR: self.survivors}
        return tuple(side for side, path in given.items() if path is not None)


class Importing:
    """One run of the command. `say` tells the person at the terminal what is being done."""

    def __init__(
        self, databases: Databases, books: Books, *, now: datetime, say: Callable[[str], None]
    ) -> None:
        self.databases = databases
        self.books = books
        self.now = now
        self.say = say
        self.outcome = Outcome()

    async def plan(self) -> Outcome:
        """Reads and checks every book that was given. Writes nothing."""
        programme = await self._plan_programme()
        await self._plan_survivors(programme)
        return self.outcome

    async def run(self) -> Outcome:
        """The plan and, where nothing is wrong, all of it: first the programme side, then hers."""
        programme = await self._plan_programme()
        survivors = await self._plan_survivors(programme)
        if self.outcome.errors:
            return self.outcome
        try:
            await self._write(programme, survivors)
        except BookRefused as refused:
            # Somebody wrote between the check and now; the transaction took everything back.
            self.outcome.errors.extend(refused.errors)
        except asyncpg.IntegrityConstraintViolationError as refused:
            rule = refused.constraint_name or "a rule of the database"
            message = f"The book contradicts what is stored here ({rule})."
            self.outcome.errors.append(RowError(None, None, None, message))
        self.outcome.applied = not self.outcome.errors
        return self.outcome

    async def _plan_programme(self) -> ProgrammeBook | None:
        if self.books.programme is None:
            return None
        self.say("Reading the programme book")
        async with self._operator(Side.WORK, "plan-import"):
            words = await vocabulary()
        try:
            book = read_programme_book(self.books.programme, words)
        except BookRefused as refused:
            self._refuse(refused, SHEETS)
            return None
        async with self._operator(Side.WORK, "plan-import") as actor:
            plan = await plan_import(
                book, digest=self._digest(Side.WORK), actor=actor, now=self.now
            )
        self.outcome.plan |= plan.counts()
        self.outcome.errors += plan.errors
        self.outcome.warnings += plan.warnings
        return book

    async def _plan_survivors(self, programme: ProgrammeBook | None) -> SurvivorBook | None:
        if self.books.survivors is None:
            return None
        self.say("Reading the survivor book")
        try:
            book = read_survivor_book(self.books.survivors)
        except BookRefused as refused:
            self._refuse(refused, (SURVIVORS.name, CHECK_INS.name))
            return None
        people = await self._people(book)
        coming = self._coming(programme, book)
        async with self._operator(Side.SURVIVOR, "plan-import") as actor:
            given = self._given(book, people, actor)
            plan = await plan_survivor_import(given, also_known=coming)
        self.outcome.plan |= plan.counts()
        self.outcome.warnings += plan.warnings
        self.outcome.errors += plan.errors
        return book

    def _coming(self, programme: ProgrammeBook | None, survivors: SurvivorBook) -> set[str]:
        """Who will be stored once the programme book is; nobody knows where it cannot be read."""
        if programme is not None:
            referred = {row.person_ref for row in programme.referrals}
            return referred | {row.person_ref for row in programme.orders}
        is_unread = self.books.programme is not None
        return {row.person_ref for row in survivors.survivors} if is_unread else set()

    async def _write(self, programme: ProgrammeBook | None, survivors: SurvivorBook | None) -> None:
        if programme is not None:
            self.say("Writing the programme side")
            reason = _reason(programme.sha256)
            async with self._operator(Side.WORK, "import-workbook") as actor:
                plan = await import_book(
                    programme,
                    digest=self._digest(Side.WORK),
                    actor=actor,
                    now=self.now,
                    reason=reason,
                )
            self.outcome.written.append(Side.WORK)
            self.outcome.warnings = [
                *plan.warnings,
                *(w for w in self.outcome.warnings if w not in plan.warnings),
            ]
        if survivors is not None:
            self.say("Writing the survivor side")
            people = await self._people(survivors)
            async with self._operator(Side.SURVIVOR, "import-workbook") as actor:
                given = self._given(survivors, people, actor)
                await import_survivors(given, reason=_reason(survivors.sha256))
            self.outcome.written.append(Side.SURVIVOR)

    def _refuse(self, refused: BookRefused, sheets: tuple[str, ...]) -> None:
        nothing = {"new": 0, "changed": 0, "same": 0}
        for sheet in sheets:
            self.outcome.plan[sheet] = {**nothing, "refused": refused.refused.get(sheet, 0)}
        self.outcome.errors += refused.errors

    async def _people(self, book: SurvivorBook) -> dict[str, UUID]:
        """Through the one login that may read a few columns over there."""
        refs = sorted({row.person_ref for row in book.survivors})
        async with self.databases.transaction(_BRIDGE):
            return await people_by_ref(refs)

    def _given(self, book: SurvivorBook, people: dict[str, UUID], actor: Actor) -> SurvivorImport:
        return SurvivorImport(
            book=book,
            people=people,
            digest=self._digest(Side.SURVIVOR),
            sealing=SurvivorSealing(self.databases.settings.home),
            actor=actor,
            now=self.now,
        )

    def _digest(self, side: Side) -> Digest:
        key = key_of(self.databases.settings.home, side, "imported-rows")
        return lambda said: hmac.digest(key, said, hashlib.sha256)

    @asynccontextmanager
    async def _operator(self, side: Side, act: str) -> AsyncIterator[Actor]:
        async with as_operator(self.databases, side, act=act, now=self.now) as actor:
            yield actor


def _reason(file_hash: str) -> str:
    return f"workbook {file_hash[:16]}, run by {who()}"
