"""The running server of one cluster: found, started, waited for and stopped."""

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.embedded.cluster import CLEAN_ENVIRONMENT, programs_of, version_of
from app.embedded.server_user import server_user
from app.embedded.socket_directory import (
    SOCKET,
    forget_socket_directory,
    socket_directory_for,
)
from programmes.common.errors import DomainError

# Recovery after a crash reads the whole log written since the last checkpoint.
_LONGEST_START = 300.0
_LONGEST_STOP = 120.0
_PAUSE = 0.01
# After a crash the last connections may outlive the server for a moment, and bar the next one.
_BARRED = b"shared memory block"
_LONGEST_BARRED = 20.0


@dataclass(frozen=True)
class Postmaster:
    """What the server wrote of itself in `postmaster.pid`."""

    pid: int
    socket_directory: Path
    is_ready: bool

    def accepts_connections(self) -> bool:
        return self.is_ready and _answers(self.socket_directory / SOCKET)

    def has_lost_its_socket(self) -> bool:
        """Something that tidies temporary files took it: nobody can connect any more."""
        return self.is_ready and not (self.socket_directory / SOCKET).exists()


def running_postmaster(cluster: Path) -> Postmaster | None:
    """None where the file is left from a crash, even if its process id is now another's."""
    written = _written_by_postmaster(cluster)
    if written is None or not _is_postmaster_of(cluster, written.pid):
        return None
    return written


def start_postmaster(cluster: Path, *, log: Path) -> subprocess.Popen[bytes]:
    """Returns once it accepts connections."""
    give_up_at = time.monotonic() + _LONGEST_BARRED
    while True:
        process = _launch(cluster, log=log, last=_sockets_of_the_last_run(cluster))
        if _became_ready(cluster, process):
            return process
        if _BARRED not in log.read_bytes() or time.monotonic() > give_up_at:
            raise DomainError(f"The database did not start. {_end_of(log)}")
        time.sleep(0.2)


def wait_for_postmaster(cluster: Path, *, log: Path) -> None:
    """For one that somebody else has started."""
    if not _became_ready(cluster, None):
        raise DomainError(f"The database does not answer. {_end_of(log)}")


def stop_postmaster(cluster: Path, process: subprocess.Popen[bytes] | None) -> None:
    """Ends its connections and writes everything to disk first; `process` if it is our child."""
    running = running_postmaster(cluster)
    if running is None:
        return
    os.kill(running.pid, signal.SIGINT)
    give_up_at = time.monotonic() + _LONGEST_STOP
    while _is_postmaster_of(cluster, running.pid):
        if time.monotonic() > give_up_at:
            raise DomainError("The database does not stop. It is left running.")
        if process is not None:
            process.poll()
        time.sleep(_PAUSE)
    forget_socket_directory(running.socket_directory)


def _launch(cluster: Path, *, log: Path, last: Path | None) -> subprocess.Popen[bytes]:
    user = server_user(cluster)
    sockets = socket_directory_for(cluster.parent, user=user, last=last)
    command = user.command(
        programs_of(version_of(cluster)) / "postgres",
        *("-D", str(cluster), "-k", str(sockets)),
        reaching=[cluster, sockets / SOCKET],
    )
    with _fresh(log) as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=CLEAN_ENVIRONMENT,
            cwd=cluster,
            # Ctrl-C in the terminal is ours to answer, not the server's.
            start_new_session=True,
        )


def _fresh(log: Path) -> BinaryIO:
    """The log of one run, and beside it the run before."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.before"))
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _became_ready(cluster: Path, process: subprocess.Popen[bytes] | None) -> bool:
    give_up_at = time.monotonic() + _LONGEST_START
    while time.monotonic() < give_up_at:
        has_ended = process is not None and process.poll() is not None
        written = _written_by_postmaster(cluster)
        if has_ended or (process is None and running_postmaster(cluster) is None):
            return False
        if written is not None and written.accepts_connections():
            return True
        time.sleep(_PAUSE)
    return False


def _sockets_of_the_last_run(cluster: Path) -> Path | None:
    """Only for a cluster that no server runs: a process id that is now another's would bar it."""
    written = _written_by_postmaster(cluster)
    if written is None:
        return None
    if _exists(written.pid):
        (cluster / "postmaster.pid").unlink()
    return written.socket_directory


def _written_by_postmaster(cluster: Path) -> Postmaster | None:
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        return Postmaster(
            pid=int(lines[0]),
            socket_directory=Path(lines[4]),
            is_ready=len(lines) > 7 and lines[7].strip() == "ready",
        )
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _is_postmaster_of(cluster: Path, pid: int) -> bool:
    """A server works in its cluster's directory; where that cannot be seen, its name is enough."""
    process = Path("/proc") / str(pid)
    if not process.parent.joinpath("self").exists():
        return _exists(pid)
    try:
        if (process / "comm").read_text().strip() != "postgres":
            return False
        return os.path.samefile(process / "cwd", cluster)
    except PermissionError:
        return True
    except (FileNotFoundError, ProcessLookupError):
        return False


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
        return True


def _end_of(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
    return " ".join([f"Its log, {log}, ends:", *lines])
