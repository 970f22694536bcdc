"""Programmes with every version of their rules, typed, as the database holds them."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import msgspec

from programmes.catalogue.words import ProgrammeStatus, ProgrammeVersion
from programmes.common.db import fetch
from programmes.common.errors import NotFound, Refused


class StoredVersion(msgspec.Struct, frozen=True):
    """One version of a programme's rules and the id that enrolments and decisions point at."""

    id: UUID
    rules: ProgrammeVersion


class StoredProgramme(msgspec.Struct, frozen=True):
    """A programme as it stands, its versions in order of their numbers."""

    id: UUID
    code: str
    name: str
    status: ProgrammeStatus
    version: int
    versions: Sequence[StoredVersion]

    def version_on(self, day: date) -> StoredVersion:
        """Raises Refused where no version had begun."""
        begun = [version for version in self.versions if version.rules.valid_from <= day]
        if not begun:
            raise Refused(f"No version of {self.name} was in force on {day:%d/%m/%Y}.")
        return max(begun, key=lambda version: version.rules.valid_from)


async def programmes() -> list[StoredProgramme]:
    """Every programme in the order in which they were entered."""
    rows = await fetch(
        "SELECT p.id, p.code, p.name, p.status, p.version, ARRAY(SELECT v.id "
        "FROM programme_version v WHERE v.programme_id = p.id ORDER BY v.number) AS versions "
        "FROM programme p ORDER BY p.created_at, p.code"
    )
    await _read_rules(version_id for row in rows for version_id in row["versions"])
    return [
        StoredProgramme(
            id=row["id"],
            code=row["code"],
            name=row["name"],
            status=ProgrammeStatus(row["status"]),
            version=row["version"],
            versions=tuple(_known[version_id] for version_id in row["versions"]),
        )
        for row in rows
    ]


async def programme(code: str) -> StoredProgramme:
    """Raises NotFound for a code that there is not."""
    return programme_called(code, await programmes())


def programme_called(code: str, among: Iterable[StoredProgramme]) -> StoredProgramme:
    found = next((programme for programme in among if programme.code == code), None)
    if found is None:
        raise NotFound
    return found


async def version(version_id: UUID) -> StoredVersion:
    """One version of any programme, read once: it never changes. Raises NotFound."""
    await _read_rules((version_id,))
    if version_id not in _known:
        raise NotFound
    return _known[version_id]


_known: dict[UUID, StoredVersion] = {}


async def _read_rules(version_ids: Iterable[UUID]) -> None:
    unknown = [version_id for version_id in version_ids if version_id not in _known]
    if unknown:
        rows = await fetch("SELECT id, rules FROM programme_version WHERE id = ANY($1)", unknown)
        for row in rows:
            rules = msgspec.convert(row["rules"], ProgrammeVersion)
            _known[row["id"]] = StoredVersion(row["id"], rules)
