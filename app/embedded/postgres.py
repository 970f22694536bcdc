"""An embedded PostgreSQL server per home directory, shared by all processes that use the home.

Each process holds a shared lock while it uses the server. Whoever lets go last stops it. The
kernel frees the lock of a process that was killed, so nothing stale can keep a server up or down.
"""

import atexit
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from app.embedded import cluster as clusters
from app.embedded.locks import Share, exclusive, is_held
from app.embedded.postmaster import (
    running_postmaster,
    start_postmaster,
    stop_postmaster,
    wait_for_postmaster,
)
from app.embedded.server_user import server_user
from app.embedded.socket_directory import PORT
from programmes.common.errors import DomainError, Refused

DEFAULT_VERSION = 18


@dataclass(frozen=True)
class Address:
    """Where the server listens. It has no TCP port: `port` only names the socket's file."""

    socket_directory: Path
    port: int
    superuser: str
    superuser_password: str

    def dsn(self, user: str, password: str, database: str) -> str:
        login = f"{quote(user, safe='')}:{quote(password, safe='')}"
        directory = quote(str(self.socket_directory), safe="")
        return f"postgresql://{login}@/{quote(database, safe='')}?host={directory}&port={self.port}"


class EmbeddedServer:
    """The server of one home. `WAYMARK_PG=16` makes a new home with PostgreSQL 16."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self._directory = _directory_in(self.home)
        self._cluster = self._directory / "cluster"
        self._log = self._directory / "server.log"
        self._share: Share | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._made_by = os.getpid()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> Address:
        """Makes, starts, or joins the server; returns once it accepts connections."""
        self._make_directory()
        with self._alone():
            if self._share is None:
                self._share = Share(self._directory / "holders.lock")
                atexit.register(self.stop)
            self._run()
        return self._address()

    def stop(self) -> None:
        """Lets go of the server, and stops it where nobody else holds it."""
        atexit.unregister(self.stop)
        if self._share is None or self._made_by != os.getpid() or not self._directory.exists():
            return
        with self._alone():
            self._let_go()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with exclusive(self._directory / "door.lock"):
            yield

    def _run(self) -> None:
        try:
            self._ensure_cluster()
            self._ensure_server()
        except BaseException:
            self._let_go()
            raise

    def _ensure_cluster(self) -> None:
        if self._cluster.exists():
            return
        clusters.create_cluster(
            self._cluster,
            password_file=self._password_file,
            version=self._version(),
            user=server_user(self._cluster),
        )

    def _ensure_server(self) -> None:
        self._refuse_another_version()
        running = running_postmaster(self._cluster)
        if running is not None and running.has_lost_its_socket():
            stop_postmaster(self._cluster, self._process)
            running = None
        if running is None:
            self._process = start_postmaster(self._cluster, log=self._log)
        else:
            wait_for_postmaster(self._cluster, log=self._log)

    def _let_go(self) -> None:
        if self._share is not None:
            self._share.release()
            self._share = None
        if not is_held(self._directory / "holders.lock"):
            stop_postmaster(self._cluster, self._process)

    def _address(self) -> Address:
        running = running_postmaster(self._cluster)
        if running is None:
            raise DomainError(f"The database of {self.home} has stopped. See {self._log}.")
        return Address(
            socket_directory=running.socket_directory,
            port=PORT,
            superuser=clusters.SUPERUSER,
            superuser_password=self._password_file.read_text(),
        )

    @property
    def _password_file(self) -> Path:
        return self._directory / "superuser-password"

    def _version(self) -> int:
        if self._cluster.exists():
            return clusters.version_of(self._cluster)
        return _version_asked_for() or DEFAULT_VERSION

    def _refuse_another_version(self) -> None:
        asked, made = _version_asked_for(), self._version()
        if asked not in (None, made):
            raise Refused(
                f"{self.home} was made with PostgreSQL {made}, and WAYMARK_PG asks for {asked}. "
                "Choose another APP_HOME, or leave WAYMARK_PG out."
            )

    def _make_directory(self) -> None:
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._directory.mkdir(mode=0o700, exist_ok=True)
            (self._directory / "door.lock").touch(mode=0o600)
        except OSError as problem:
            raise Refused(
                f"The home directory {self.home} cannot be used: {problem.strerror}. "
                "Set APP_HOME to a directory of your own."
            ) from problem


def has_records(home: Path) -> bool:
    """Whether this home was ever started: there is something to read."""
    return (_directory_in(home.resolve()) / "cluster").is_dir()


def is_running(home: Path) -> bool:
    running = running_postmaster(_directory_in(home.resolve()) / "cluster")
    return running is not None and running.accepts_connections()


def _directory_in(home: Path) -> Path:
    return home / "database"


def _version_asked_for() -> int | None:
    asked = os.environ.get("WAYMARK_PG")
    if not asked:
        return None
    if not asked.isascii() or not asked.isdigit():
        raise Refused(f"WAYMARK_PG is {asked!r}: write 18 or 16.")
    return int(asked)
