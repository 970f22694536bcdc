"""PostgreSQL's own `pg_dump` and `pg_restore`, given their password where nobody else sees it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from app.embedded.cluster import VERSIONS, programs_of
from programmes.common.errors import DomainError, Refused

PIECE = 256 * 1024
_LARGEST_ERROR = 2_000


def dumped(address: str, *, snapshot: str, major: int) -> Iterator[bytes]:
    """One database as `pg_dump` writes it, in the snapshot that the figures were taken in."""
    command = [
        _program("pg_dump", major),
        "--format=custom",
        "--compress=6",
        *(f"--schema={name}" for name in ("public", "auth", "audit")),
        f"--snapshot={snapshot}",
        f"--dbname={_without_password(address)}",
    ]
    with subprocess.Popen(  # noqa: S603 - our own program and arguments
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_surroundings(address)
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        while piece := process.stdout.read(PIECE):
            yield piece
        said = process.stderr.read().decode(errors="replace")
        if process.wait() != 0:
            raise DomainError(f"pg_dump failed: {said[-_LARGEST_ERROR:].strip()}")


def restore_dump(pieces: Iterable[bytes], address: str, *, role: str, major: int) -> None:
    """All of it in one transaction, as the tables' owner, or nothing."""
    command = [
        _program("pg_restore", major),
        *("--single-transaction", "--exit-on-error", "--no-owner", f"--role={role}"),
        f"--dbname={_without_password(address)}",
    ]
    with subprocess.Popen(  # noqa: S603 - our own program and arguments
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=_surroundings(address)
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has said why on its other channel
        except BaseException:
            process.kill()
            raise
        said = process.stderr.read().decode(errors="replace")
        if process.wait() != 0:
            raise DomainError(f"pg_restore failed: {said[-_LARGEST_ERROR:].strip()}")


def _program(name: str, major: int) -> str:
    """One of the server's own version: Debian's, the path's, or the one that comes along."""
    places = [Path(f"/usr/lib/postgresql/{major}/bin")]
    found = shutil.which(name)
    if found:
        places.append(Path(found).parent)
    if major in VERSIONS:
        places.append(programs_of(major))
    for place in places:
        program = place / name
        if program.exists() and _major_of(program) == major:
            return str(program)
    raise Refused(
        f"There is no {name} of PostgreSQL {major} here. Install postgresql-client-{major}."
    )


def _major_of(program: Path) -> int:
    said = subprocess.run(  # noqa: S603 - a program of PostgreSQL
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\b(\d+)", said)
    return int(found[1]) if found else 0


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    login, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=login.split(":")[0] + at + host))


def _surroundings(address: str) -> dict[str, str]:
    """Process lists show arguments to everybody, surroundings to the same user alone."""
    password = unquote(urlsplit(address).password or "")
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "PGPASSWORD": password}
