import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import pytest

from app.embedded import Address, EmbeddedServer, is_running
from app.embedded.postmaster import running_postmaster
from app.embedded.server_user import server_user
from programmes.common.errors import Refused

HOLDER = Path(__file__).with_name("holder.py")
ROOT = HOLDER.parents[2]


@asynccontextmanager
async def superuser(address: Address) -> AsyncIterator[asyncpg.Connection]:
    dsn = address.dsn(address.superuser, address.superuser_password, "postgres")
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


@contextmanager
def another_holder(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    holder = subprocess.Popen(
        [sys.executable, "-P", HOLDER, home],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert holder.stdout.readline() == b"holding\n"
        yield holder
    finally:
        holder.stdin.close()
        holder.wait(30)


def postmaster_pid(home: Path) -> int:
    return running_postmaster(home / "database" / "cluster").pid


async def wait_until(holds) -> None:
    give_up_at = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < give_up_at
        await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; each test leaves its server stopped."""
    made = tmp_path_factory.mktemp("with spaces") / "a home"
    with EmbeddedServer(made):
        pass
    return made


async def test_a_server_runs_while_it_is_held_and_no_longer(home: Path):
    with EmbeddedServer(home) as server:
        assert is_running(home)
        async with superuser(server.start()) as connection:
            assert await connection.fetchval("SELECT 1") == 1
    assert not is_running(home)


async def test_what_was_written_is_there_at_the_next_start(home: Path):
    with EmbeddedServer(home) as server:
        async with superuser(server.start()) as connection:
            await connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    with EmbeddedServer(home) as server:
        async with superuser(server.start()) as connection:
            assert await connection.fetchval("SELECT number FROM kept") == 42


async def test_the_server_is_told_to_keep_quiet_and_to_itself(home: Path):
    with EmbeddedServer(home) as server:
        async with superuser(server.start()) as connection:
            told = {row["name"]: row["setting"] for row in await connection.fetch("SHOW ALL")}
    assert told["listen_addresses"] == ""
    assert told["password_encryption"] == "scram-sha-256"
    assert told["log_parameter_max_length"] == "0"
    assert told["log_parameter_max_length_on_error"] == "0"
    assert told["TimeZone"] == "UTC"
    assert told["fsync"] == "on"
    assert told["data_checksums"] == "on"


async def test_a_wrong_password_is_refused_on_the_socket_too(home: Path):
    with EmbeddedServer(home) as server:
        address = server.start()
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(address.dsn(address.superuser, "wrong", "postgres"))


async def test_a_login_with_odd_characters_gets_through_the_address(home: Path):
    with EmbeddedServer(home) as server:
        address = server.start()
        async with superuser(address) as connection:
            await connection.execute("""CREATE ROLE "o'dd@:/ ?" LOGIN PASSWORD 'p:@/?#%& ß'""")
        odd = await asyncpg.connect(address.dsn("o'dd@:/ ?", "p:@/?#%& ß", "postgres"))
        assert await odd.fetchval("SELECT session_user") == "o'dd@:/ ?"
        await odd.close()


def test_only_the_owner_can_read_the_password_and_reach_the_socket(home: Path):
    with EmbeddedServer(home) as server:
        sockets = server.start().socket_directory
        password = home / "database" / "superuser-password"
        assert stat.S_IMODE(password.stat().st_mode) == 0o600
        assert stat.S_IMODE((home / "database").stat().st_mode) == 0o700
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700


def test_starting_twice_gives_the_same_server_and_one_stop_ends_it(home: Path):
    server = EmbeddedServer(home)
    assert server.start() == server.start()
    server.stop()
    server.stop()
    assert not is_running(home)


def test_the_last_of_two_holders_in_one_process_stops_the_server(home: Path):
    first, second = EmbeddedServer(home), EmbeddedServer(home)
    assert first.start() == second.start()
    first.stop()
    assert is_running(home)
    second.stop()
    assert not is_running(home)


async def test_the_last_of_two_processes_stops_the_server(home: Path):
    with another_holder(home):
        pid = postmaster_pid(home)
        with EmbeddedServer(home) as server:
            async with superuser(server.start()) as connection:
                assert await connection.fetchval("SELECT 1") == 1
            assert postmaster_pid(home) == pid
        assert is_running(home)
    assert not is_running(home)


def test_many_starting_at_once_share_one_server(home: Path):
    servers = [EmbeddedServer(home) for _ in range(5)]
    threads = [threading.Thread(target=server.start) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({server.start() for server in servers}) == 1
    for server in servers:
        server.stop()
    assert not is_running(home)


def test_a_killed_holder_does_not_keep_the_server_up(home: Path):
    with another_holder(home) as holder:
        holder.kill()
        holder.wait()
        assert is_running(home)
        with EmbeddedServer(home):
            assert is_running(home)
        assert not is_running(home)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_or_a_kill_stops_the_server(home: Path, number: signal.Signals):
    with another_holder(home) as holder:
        holder.send_signal(number)
        assert holder.wait(30) == 128 + number
        assert not is_running(home)


async def test_a_killed_server_recovers_what_was_committed(home: Path):
    with EmbeddedServer(home) as server:
        async with superuser(server.start()) as connection:
            await connection.execute("CREATE TABLE survives AS SELECT 7 AS number")
            os.kill(postmaster_pid(home), signal.SIGKILL)
            connection.terminate()
            await wait_until(lambda: not is_running(home))
        async with superuser(server.start()) as connection:
            assert await connection.fetchval("SELECT number FROM survives") == 7


def test_a_server_id_that_now_belongs_to_another_process_does_not_bar_the_start(home: Path):
    with another_holder(home):
        pid_file = home / "database" / "cluster" / "postmaster.pid"
        written = pid_file.read_text().splitlines()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        pid_file.write_text("\n".join([str(stranger.pid), *written[1:]]) + "\n")
        assert not is_running(home)
        with EmbeddedServer(home):
            assert is_running(home)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_server_whose_socket_was_tidied_away_is_started_again(home: Path):
    with EmbeddedServer(home) as server:
        pid = postmaster_pid(home)
        (server.start().socket_directory / ".s.PGSQL.5432").unlink()
        server.start()
        assert is_running(home)
        assert postmaster_pid(home) != pid
    assert not is_running(home)


def test_a_process_that_ends_without_a_word_stops_its_server(home: Path):
    code = f"from app.embedded import *; EmbeddedServer(__import__('pathlib').Path({str(home)!r}))"
    subprocess.run([sys.executable, "-c", f"{code}.start()"], cwd=ROOT, check=True)
    assert not is_running(home)


@pytest.mark.slow
async def test_two_homes_never_meet(home: Path, tmp_path: Path):
    with EmbeddedServer(home) as one, EmbeddedServer(tmp_path / "other") as other:
        first, second = one.start(), other.start()
        assert first.socket_directory != second.socket_directory
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(
                second.dsn(first.superuser, first.superuser_password, "postgres"),
            )
    assert not is_running(home)
    assert not is_running(tmp_path / "other")


@pytest.mark.slow
async def test_a_path_too_long_and_odd_for_a_socket_gets_a_short_one(tmp_path: Path):
    home = tmp_path / ("long, and 'odd' " + "x" * 100)
    with EmbeddedServer(home) as server:
        sockets = server.start().socket_directory
        async with superuser(server.start()) as connection:
            assert await connection.fetchval("SELECT 1") == 1
        assert len(str(sockets)) < 90
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert not sockets.exists()


@pytest.mark.slow
def test_a_killed_server_comes_back_at_its_short_address_too(tmp_path: Path):
    home = tmp_path / ("x" * 100)
    with EmbeddedServer(home) as server:
        before = server.start().socket_directory
        os.kill(postmaster_pid(home), signal.SIGKILL)
        give_up_at = time.monotonic() + 10
        while is_running(home) and time.monotonic() < give_up_at:
            time.sleep(0.02)
        assert server.start().socket_directory == before
    assert not before.exists()


@pytest.mark.slow
async def test_a_home_made_with_16_stays_with_16(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WAYMARK_PG", "16")
    with EmbeddedServer(tmp_path):
        pass
    monkeypatch.delenv("WAYMARK_PG")
    with EmbeddedServer(tmp_path) as server:
        async with superuser(server.start()) as connection:
            assert (await connection.fetchval("SHOW server_version")).startswith("16.")
    monkeypatch.setenv("WAYMARK_PG", "18")
    with pytest.raises(Refused, match="made with PostgreSQL 16"):
        EmbeddedServer(tmp_path).start()


def test_a_version_that_does_not_come_with_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WAYMARK_PG", "9")
    with pytest.raises(Refused, match="18 or 16"):
        EmbeddedServer(tmp_path / "home").start()
    monkeypatch.setenv("WAYMARK_PG", "newest")
    with pytest.raises(Refused, match="18 or 16"):
        EmbeddedServer(tmp_path / "home").start()


@pytest.mark.slow
def test_an_interrupted_first_start_leaves_nothing_that_bars_the_next(
    tmp_path: Path,
):
    (tmp_path / "database" / "cluster.new").mkdir(parents=True)
    (tmp_path / "database" / "cluster.new" / "PG_VERSION").write_text("18\n")
    (tmp_path / "database" / "first-password").write_text("left behind")
    with EmbeddedServer(tmp_path):
        assert is_running(tmp_path)
    assert not (tmp_path / "database" / "first-password").exists()


def test_a_home_that_cannot_be_made_is_refused_in_words(tmp_path: Path):
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(Refused, match="Set APP_HOME"):
        EmbeddedServer(tmp_path / "file" / "home").start()


def test_a_home_without_a_server_is_not_running_and_is_left_alone(tmp_path: Path):
    assert not is_running(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as somebody else")
async def test_root_starts_it_as_somebody_else_under_a_closed_directory(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedServer(closed / "home") as server:
        async with superuser(server.start()) as connection:
            assert await connection.fetchval("SELECT 1") == 1
        pid = postmaster_pid(closed / "home")
        assert Path(f"/proc/{pid}").stat().st_uid != 0
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as somebody else")
def test_root_lets_the_server_find_its_programs_in_a_closed_directory(tmp_path: Path):
    """PostgreSQL's programs look for one another with access(2), as `test -x` does."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = Path(shutil.copy(shutil.which("test"), closed / "test"))
    user = server_user(tmp_path / "no cluster yet")
    command = user.command(program, "-x", str(program), reaching=[])
    assert subprocess.run(command).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as somebody else")
def test_root_gives_the_server_no_power_where_nothing_is_closed():
    user = server_user(Path("/no cluster yet"))
    command = user.command(Path("/bin/cat"), "/proc/self/status", reaching=[])
    status = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "CapEff:\t0000000000000000" in status
    assert f"Uid:\t{user.uid}\t{user.uid}" in status
