"""Makes a backup of one side: figures and dump from one snapshot, sealed, then read once more."""

import os
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

import asyncpg
import msgspec

from app.databases import login_address
from app.embedded import Address
from app.running.backup_mark import BackupMark, mark_backup
from app.running.backups.facts import DatabaseFacts, facts_of
from app.running.backups.keys import packed_home_keys, recipient_for
from app.running.backups.programs import dumped
from app.running.backups.sealed_file import seal_to
from app.running.backups.tombstones import home_list, keep_tombstones, list_beside
from app.safekeeping.private_files import make_private_directory
from app.settings import Settings
from programmes.common.db import Side
from programmes.common.security.policies import Logins

LENGTH_BYTES = 8
FORMAT = 1


class Manifest(msgspec.Struct, frozen=True):
    """The first part of a backup; the dump follows it in the same sealed file."""

    format: int
    side: Side
    made_at: datetime
    code_mark: str
    facts: DatabaseFacts


class MadeBackup(msgspec.Struct, frozen=True):
    side: Side
    file: str
    keys_file: str
    rows: int
    size: int


def backup_name(side: Side, made_at: datetime, *, keys: bool = False) -> str:
    at = f"{made_at:%Y%m%dT%H%M%S}{made_at.microsecond // 1000:03}Z"
    return f"waymark-{side}-{'keys-' if keys else ''}{at}.age"


async def make_backup(
    settings: Settings, server: Address | None, side: Side, directory: Path, *, now: datetime
) -> MadeBackup:
    """Raises DomainError where the dump fails; nothing half made is left under a backup's name."""
    make_private_directory(directory)
    recipient = recipient_for(settings, side)
    address = login_address(settings, server, Logins(side).backup)
    connection = await asyncpg.connect(address)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            facts = await facts_of(connection)
            mark = await connection.fetchval(
                "SELECT obj_description('auth'::regnamespace, 'pg_namespace')"
            )
            manifest = Manifest(FORMAT, side, now, mark or "", facts)
            snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
            dump = dumped(address, snapshot=snapshot, major=facts.server_version // 10_000)
            made = directory / backup_name(side, now)
            _write_sealed(made, recipient, chain(_framed(manifest), dump))
            lists = home_list(settings.home, side), list_beside(directory, side)
            await keep_tombstones(connection, side, *lists)
    finally:
        await connection.close(timeout=5)
    keys = directory / backup_name(side, now, keys=True)
    _write_sealed(keys, recipient, iter([packed_home_keys(settings.home, side)]))
    size = made.stat().st_size
    mark_backup(settings.home, side, BackupMark(now, facts.rows, size))
    return MadeBackup(side, str(made), str(keys), facts.rows, size)


def _framed(manifest: Manifest) -> Iterator[bytes]:
    encoded = msgspec.json.encode(manifest)
    yield len(encoded).to_bytes(LENGTH_BYTES, "big") + encoded


def _write_sealed(path: Path, recipient: str, content: Iterator[bytes]) -> None:
    """Under its name only when it is whole and on the disk."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as out:
            beside.chmod(0o600)
            seal_to(recipient, content, out)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
