"""Where the server's socket lies: private to one home, and short enough for the kernel."""

import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

from app.embedded.server_user import ServerUser

PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"

# 108 bytes with the closing zero on Linux, 104 elsewhere.
_LONGEST = 103
# PostgreSQL splits a list at commas, and some clients stumble over more than spaces.
_PLAIN = re.compile(r"[A-Za-z0-9_./ -]+")
_PREFIX = "waymark-"
_SHORT = Path("/tmp")  # noqa: S108 - mkdtemp makes a private directory in it


def socket_directory_for(directory: Path, *, user: ServerUser, last: Path | None = None) -> Path:
    """Empty, and nobody else's: inside `directory` where its path serves, else a temporary one.

    A temporary one that a crash left is taken again: whoever uses the server knows it by that name.
    """
    chosen = directory / "socket"
    if _serves(chosen):
        shutil.rmtree(chosen, ignore_errors=True)
        chosen.mkdir(mode=0o700)
    elif last is not None and _is_private(last, user):
        chosen = last
        for left in chosen.iterdir():
            left.unlink()
    else:
        chosen = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_temporary_directory()))
    user.owns(chosen)
    return chosen


def forget_socket_directory(path: Path) -> None:
    """Removes a temporary one, and only if it is one that we made."""
    if _is_temporary(path) and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)


def _is_temporary(path: Path) -> bool:
    return path.name.startswith(_PREFIX) and path.parent in {_SHORT, _temporary()}


def _is_private(path: Path, user: ServerUser) -> bool:
    """A temporary one of ours that still stands, and that its owner alone can enter."""
    try:
        found = path.lstat()
    except OSError:
        return False
    is_closed = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return _is_temporary(path) and is_closed and found.st_uid in {os.getuid(), user.uid}


def _temporary_directory() -> Path:
    return _temporary() if _serves(_temporary() / f"{_PREFIX}12345678") else _SHORT


def _temporary() -> Path:
    return Path(tempfile.gettempdir())


def _serves(directory: Path) -> bool:
    path = str(directory / SOCKET)
    return len(os.fsencode(path)) <= _LONGEST and _PLAIN.fullmatch(path) is not None
