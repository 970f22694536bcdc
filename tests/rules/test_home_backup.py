"""An administrator's home says when the last backup was, where that is long ago or never."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.home.running import needs_of_machine
from app.running.backup_mark import BackupMark, mark_backup
from programmes.common.db import Side
from programmes.common.staff import AccountId, Actor, Role

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def _actor(role: Role, side: Side = Side.WORK) -> Actor:
    return Actor(AccountId(UUID(int=1)), "Somebody", role, side)


@pytest.mark.parametrize("side", Side)
def test_each_side_speaks_of_its_own_backup(tmp_path: Path, side: Side) -> None:
    other = Side.SURVIVOR if side is Side.WORK else Side.WORK
    mark_backup(tmp_path, other, BackupMark(NOW, rows=1, size=1))
    (found,) = needs_of_machine(_actor(Role.ADMINISTRATOR, side), tmp_path, NOW)
    assert (found.text, found.href) == ("Last backup: never", "/status")


def test_a_backup_of_last_night_needs_nobody_and_an_older_one_does(tmp_path: Path) -> None:
    administrator = _actor(Role.ADMINISTRATOR)
    mark_backup(tmp_path, Side.WORK, BackupMark(NOW - timedelta(hours=26), rows=1, size=1))
    assert needs_of_machine(administrator, tmp_path, NOW) == []
    (found,) = needs_of_machine(administrator, tmp_path, NOW + timedelta(seconds=1))
    assert found.text == "Last backup: 7:00am on Saturday 21 November 2026"


def test_nobody_else_hears_of_backups(tmp_path: Path) -> None:
    for role in (Role.MANAGER, Role.FACILITATOR, Role.BOARD, Role.AUDITOR):
        assert needs_of_machine(_actor(role), tmp_path, NOW) == []
