"""A home of its own for tests that count everything, and the command line as people type it."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from app.__main__ import main
from app.databases import login_address
from app.embedded import Address, EmbeddedServer
from app.settings import Settings
from programmes.common.db import Side
from programmes.common.security.policies import Logins
from tests.made_workbooks import Sheets, xlsx

ROOT = Path(__file__).resolve().parents[1]
_TEMPORARY = TemporaryDirectory(prefix="made-home-")
KEPT = Path(_TEMPORARY.name)
"""Homes that are made once in this process, each to be copied; gone when it ends."""


class Said:
    """What one command answered: its exit code and what it printed where."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def json(self) -> Any:
        """The one document on standard output; fails where there is more or less."""
        return json.loads(self.out)


class OwnHome:
    """Commands run in this process, and in one of their own where they are to be killed."""

    def __init__(self, home: Path, server: Address) -> None:
        self.home = home
        self.server = server

    def run(self, *arguments: str | Path) -> Said:
        out, err = StringIO(), StringIO()
        before = os.environ.get("APP_HOME")
        os.environ["APP_HOME"] = str(self.home)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main([str(argument) for argument in arguments])
        except SystemExit as exit:
            code = int(exit.code or 0)
        finally:
            os.environ.pop("APP_HOME")
            if before is not None:
                os.environ["APP_HOME"] = before
        return Said(code, out.getvalue(), err.getvalue())

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "app", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "APP_HOME": str(self.home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def look(self, side: Side, sql: str, *arguments: Any) -> list[Any]:
        """Rows as the tables' owner sees them, whom row security does not hold back."""
        logins = Logins(side)
        address = login_address(Settings(home=self.home), self.server, logins.migrator)
        return asyncio.run(_fetch(address, sql, arguments, role=logins.owner))

    def count(self, side: Side, table: str) -> int:
        return self.look(side, f"SELECT count(*) FROM {table}")[0][0]

    def is_busy(self, side: Side) -> bool:
        """Whether a transaction of some login is still open in this database."""
        return self._is_any(
            side,
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND state <> 'idle'",
        )

    def is_waiting(self, side: Side, table: str) -> bool:
        """Whether somebody wants this table while another holds it."""
        waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = $1::text::regclass"
        return self._is_any(side, waits, table)

    def _is_any(self, side: Side, sql: str, *arguments: Any) -> bool:
        """As the server's own superuser, who alone sees what others are doing."""
        server = self.server
        address = server.dsn(server.superuser, server.superuser_password, str(side))
        return bool(asyncio.run(_fetch(address, sql, arguments, role=server.superuser)))

    @contextmanager
    def holding(self, side: Side, sql: str) -> Iterator[None]:
        """A connection that has run this stays open meanwhile, on a loop of its own."""
        server = self.server
        address = server.dsn(server.superuser, server.superuser_password, str(side))
        loop = asyncio.new_event_loop()
        connection = loop.run_until_complete(asyncpg.connect(address))
        try:
            loop.run_until_complete(connection.execute(sql))
            yield
        finally:
            loop.run_until_complete(connection.close())
            loop.close()

    def tamper(self, side: Side, *statements: str) -> None:
        """What somebody with the keys to the server itself could do, past every trigger."""
        server = self.server
        address = server.dsn(server.superuser, server.superuser_password, str(side))
        asyncio.run(_execute(address, ("SET session_replication_role = replica", *statements)))


async def _execute(address: str, statements: tuple[str, ...]) -> None:
    connection = await asyncpg.connect(address)
    try:
        async with connection.transaction():
            for statement in statements:
                await connection.execute(statement)
    finally:
        await connection.close()


async def _fetch(address: str, sql: str, arguments: tuple[Any, ...], *, role: str) -> list[Any]:
    connection = await asyncpg.connect(address, server_settings={"role": role})
    try:
        return [tuple(row) for row in await connection.fetch(sql, *arguments)]
    finally:
        await connection.close()


@contextmanager
def own_home(directory: Path) -> Iterator[OwnHome]:
    """Its server runs until the end, so that commands need not start one each."""
    with EmbeddedServer(migrated_home(directory)) as embedded:
        yield OwnHome(directory, embedded.start())


def migrated_home(directory: Path) -> Path:
    """A home with nobody in it: a copy of the one that was made and migrated in this process."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    copied(_made(), directory)
    return directory


def copied(home: Path, to: Path) -> None:
    """As it lies, owners and all; it must have stopped."""
    subprocess.run(["cp", "-a", f"{home}/.", str(to)], check=True)


@cache
def _made() -> Path:
    home = KEPT / "migrated"
    environment = {**os.environ, "APP_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "app", "migrate"], cwd=ROOT, env=environment, check=True)
    return home


def saved(path: Path, sheets: Sheets) -> Path:
    path.write_bytes(xlsx(sheets))
    return path


def written(path: Path, sheets: Sheets) -> Path:
    """The same as a spreadsheet program would write it, with real dates in its cells."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
