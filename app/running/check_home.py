"""Looks at the home directory: who may read its secrets, how full its disk is, what it left."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from app.running.anchors import anchor_path
from app.running.backup_mark import last_backup
from app.running.findings import Finding, advice, fault, good
from app.settings import Settings
from programmes.common.db import Side

LEAST_FREE = 1024**3
OLDEST_BACKUP = timedelta(hours=26)
OLDEST_ANCHOR = timedelta(days=2)


def check_home(settings: Settings, sides: tuple[Side, ...], *, now: datetime) -> Iterator[Finding]:
    home = settings.home
    if not home.is_dir():
        yield fault("home", f"{home} is not there.", "Make it, or set APP_HOME to where it is.")
        return
    yield from _secrets(home)
    yield _disk(home)
    yield from _backup(home, sides, now)
    for side in sides:
        yield from _anchor(home, side, now)
    if not settings.is_demo and (home / "demo-accounts.json").exists():
        yield fault(
            "home",
            "This home held a demonstration, whose passwords are printed for everybody.",
            "Use another APP_HOME and other databases in production.",
        )


def _secrets(home: Path) -> Iterator[Finding]:
    exposed = [path for path in _private_files(home) if others_may(path)]
    for path in exposed:
        mode = "700" if path.is_dir() else "600"
        yield fault("secrets", f"{path} can be read by others.", f"Run: chmod {mode} '{path}'")
    if not exposed:
        yield good("secrets", "The keys can be read by their owner alone.")


def _private_files(home: Path) -> Iterator[Path]:
    yield home
    secrets = home / "secrets"
    if secrets.is_dir():
        yield secrets
        yield from sorted(secrets.rglob("*"))


def others_may(path: Path) -> bool:
    return bool(stat.S_IMODE(os.stat(path).st_mode) & 0o077)


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    if free < LEAST_FREE:
        return fault(
            "disk",
            f"{free // 1024**2:,} MB are free where the home lies.",
            "Make room: a full disk stops every save. Old backups are the likeliest to go.",
        )
    return good("disk", f"{free // 1024**3:,} GB are free.")


def _backup(home: Path, sides: tuple[Side, ...], now: datetime) -> Iterator[Finding]:
    for side in sides:
        made = last_backup(home, side)
        if made is None:
            yield advice(
                "backup", f"The {side} side has no backup yet.", "Run: python3 run.py backup DIR"
            )
        elif now - made.made_at > OLDEST_BACKUP:
            yield fault(
                "backup",
                f"The last backup of the {side} side is of {made.made_at:%d %B %Y, %H:%M} UTC.",
                "Look why the nightly backup stopped, then run: python3 run.py backup DIR",
            )
        else:
            yield good("backup", f"The {side} side was backed up within the last day.")


def _anchor(home: Path, side: Side, now: datetime) -> Iterator[Finding]:
    path = anchor_path(home, side)
    if not path.exists():
        yield advice(
            "audit",
            f"The {side} side's audit was never checked from end to end.",
            "Run: python3 run.py verify-audit (every night, from a timer)",
        )
        return
    age = now.timestamp() - path.stat().st_mtime
    if age > OLDEST_ANCHOR.total_seconds():
        yield advice(
            "audit",
            f"The {side} side's audit was last checked {age / 86400:.0f} days ago.",
            "Run: python3 run.py verify-audit (every night, from a timer)",
        )
    else:
        yield good("audit", f"The {side} side's audit was checked within two days.")
