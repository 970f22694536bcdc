"""Restores a side into databases that hold nothing yet, and proves that all of it came back."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import asyncpg
import msgspec

from app.databases import login_address
from app.embedded import Address
from app.running.backups.afterwards import SetRight
from app.running.backups.facts import differences, facts_of
from app.running.backups.keys import unpack_home_keys
from app.running.backups.making import FORMAT, LENGTH_BYTES, Manifest
from app.running.backups.programs import restore_dump
from app.running.backups.sealed_file import opened
from app.settings import Settings
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.common.security.policies import Logins


class Restored(msgspec.Struct, frozen=True):
    side: Side
    file: str
    made_at: datetime
    rows: int
    tables: int
    set_right: SetRight | None = None


def newest_backup(directory: Path, side: Side) -> tuple[Path, Path]:
    """The latest one of a side, and its keys. Raises Refused where either is missing."""
    found = sorted(directory.glob(f"waymark-{side}-2*.age"))
    if not found:
        raise Refused(f"There is no backup of the {side} side in {directory}.")
    keys = found[-1].with_name(found[-1].name.replace(f"{side}-", f"{side}-keys-", 1))
    if not keys.exists():
        raise Refused(f"{keys.name} is not in {directory}: sealed values could not be read.")
    return found[-1], keys


async def restore_side(
    settings: Settings, server: Address | None, backup: tuple[Path, Path], identities: list[str]
) -> Restored:
    """Reads the file to its end before it writes anything. Raises Refused and leaves no row."""
    file, keys_file = backup
    identity, manifest = _opening(file, identities)
    packed_keys = b"".join(_read(identity, keys_file))
    for _ in _read(identity, file):
        pass  # every byte is authenticated before the first is used
    await _refuse_unless_empty(settings, server, manifest.side)
    unpack_home_keys(settings.home, manifest.side, packed_keys)
    await _load(settings, server, manifest, _dump_in(identity, file))
    await _compare(settings, server, manifest)
    facts = manifest.facts
    return Restored(manifest.side, str(file), manifest.made_at, facts.rows, len(facts.tables))


def _opening(file: Path, identities: list[str]) -> tuple[str, Manifest]:
    """The key that opens it, and what it says of itself."""
    for number, identity in enumerate(identities, start=1):
        try:
            return identity, _manifest(_read(identity, file))
        except Refused:
            if number == len(identities):
                raise
    raise Refused("Give the key that opens the backup.")


def _read(identity: str, file: Path) -> Iterator[bytes]:
    with file.open("rb") as sealed:
        yield from opened(identity, sealed)


def _manifest(pieces: Iterator[bytes]) -> Manifest:
    manifest, _ = _split(pieces)
    if manifest.format != FORMAT:
        raise Refused("This backup was made by a newer Waymark. Restore it with that one.")
    return manifest


def _dump_in(identity: str, file: Path) -> Iterator[bytes]:
    pieces = _read(identity, file)
    _, rest = _split(pieces)
    yield rest
    yield from pieces


def _split(pieces: Iterator[bytes]) -> tuple[Manifest, bytes]:
    held = b""
    for piece in pieces:
        held += piece
        length = int.from_bytes(held[:LENGTH_BYTES], "big")
        if len(held) >= LENGTH_BYTES + length:
            end = LENGTH_BYTES + length
            return msgspec.json.decode(held[LENGTH_BYTES:end], type=Manifest), held[end:]
    raise Refused("The backup was changed or cut off. It is not used.")


async def _refuse_unless_empty(settings: Settings, server: Address | None, side: Side) -> None:
    logins = Logins(side)
    connection = await asyncpg.connect(login_address(settings, server, logins.migrator))
    try:
        tables = await connection.fetchval(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname IN ('public', 'auth', 'audit') AND c.relkind = 'r'"
        )
    finally:
        await connection.close()
    if tables:
        raise Refused(
            f"The {side} database is not empty. Restore into a new APP_HOME, or into databases "
            "that were just made."
        )


async def _load(
    settings: Settings, server: Address | None, manifest: Manifest, dump: Iterator[bytes]
) -> None:
    logins = Logins(manifest.side)
    address = login_address(settings, server, logins.migrator)
    connection = await asyncpg.connect(address, server_settings={"role": logins.owner})
    try:
        major = int(connection.get_server_version().major)
        await connection.execute("DROP SCHEMA IF EXISTS auth, audit, public")
    finally:
        await connection.close()
    restore_dump(dump, address, role=logins.owner, major=major)


async def _compare(settings: Settings, server: Address | None, manifest: Manifest) -> None:
    connection = await asyncpg.connect(
        login_address(settings, server, Logins(manifest.side).backup)
    )
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            found = differences(manifest.facts, await facts_of(connection))
    finally:
        await connection.close()
    if found:
        raise Refused("What was restored is not what was backed up.", *found)
