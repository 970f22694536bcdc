"""Which account the server runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from programmes.common.errors import Refused

_ACCOUNTS = ("postgres", "nobody")
_MAY_ENTER_CLOSED_DIRECTORIES = [
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    # access(2), with which the programs look for one another, minds capabilities only with this.
    "--securebits=+no_setuid_fixup",
]


@dataclass(frozen=True)
class ServerUser:
    uid: int
    gid: int

    @property
    def is_this_process(self) -> bool:
        return self.uid == os.geteuid()

    def owns(self, path: Path) -> None:
        if not self.is_this_process:
            os.chown(path, self.uid, self.gid)

    def command(self, program: Path, *arguments: str, reaching: Iterable[Path]) -> list[str]:
        """`reaching` names what the program must get at; where a directory above it is closed
        to the account, and only there, the program is allowed through by a capability."""
        command = [str(program), *arguments]
        if self.is_this_process:
            return command
        is_closed = any(_is_closed(path, self.uid) for path in (program, *reaching))
        return [*self._drop_root(), *(_MAY_ENTER_CLOSED_DIRECTORIES if is_closed else []), *command]

    def _drop_root(self) -> list[str]:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise Refused(
                "The database cannot run as root, and setpriv, which would start it as somebody "
                "else, is not here. Install util-linux, or run this as an ordinary user."
            )
        return [
            setpriv,
            f"--reuid={self.uid}",
            f"--regid={self.gid}",
            "--clear-groups",
            "--no-new-privs",
        ]


def server_user(cluster: Path) -> ServerUser:
    """An existing cluster keeps the account that owns it."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid())
    if cluster.exists():
        status = cluster.stat()
        return ServerUser(status.st_uid, status.st_gid)
    return _unprivileged_account()


def _unprivileged_account() -> ServerUser:
    for name in _ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(account.pw_uid, account.pw_gid)
    raise Refused(
        "The database cannot run as root, and neither an account called postgres nor one called "
        "nobody is here. Run this as an ordinary user."
    )


def _is_closed(path: Path, uid: int) -> bool:
    return any(not _lets_through(directory, uid) for directory in path.parents)


def _lets_through(directory: Path, uid: int) -> bool:
    status = directory.stat()
    return bool(status.st_mode & (0o100 if status.st_uid == uid else 0o001))
