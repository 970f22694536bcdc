"""When each side was last backed up, in a small file of the home that says nothing else."""

from datetime import datetime
from pathlib import Path

import msgspec

from app.safekeeping.private_files import write_private
from programmes.common.db import Side


class BackupMark(msgspec.Struct, frozen=True):
    made_at: datetime
    rows: int
    size: int


def _path(home: Path, side: Side) -> Path:
    return home / "backups" / f"{side}.json"


def last_backup(home: Path, side: Side) -> BackupMark | None:
    """None before the first one, and where the file is spoilt."""
    try:
        return msgspec.json.decode(_path(home, side).read_bytes(), type=BackupMark)
    except (OSError, msgspec.DecodeError):
        return None


def mark_backup(home: Path, side: Side, mark: BackupMark) -> None:
    write_private(_path(home, side), msgspec.json.encode(mark) + b"\n")
