import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.ground.clone import ROOT, Clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "a clone with 'odd' spaces")


def test_the_first_start_installs_what_the_locks_say_and_hands_over(clone: Clone):
    done = clone.run("report", "--json")
    assert json.loads(done.stdout)["arguments"] == ["report", "--json"]
    made, built, installed, assets = clone.calls()
    assert made.startswith("uv venv")
    assert "--require-hashes" in built
    assert built.endswith("-r requirements-build.lock")
    assert "--require-hashes" in installed
    assert installed.endswith("-r requirements.lock")
    assert assets.startswith("npm ci --ignore-scripts")
    assert done.returncode == 0


def test_the_second_start_installs_nothing_and_says_nothing(clone: Clone):
    clone.run()
    clone.calls()
    done = clone.run()
    assert clone.calls() == []
    assert done.stderr == ""


def test_without_a_command_it_starts_the_demo(clone: Clone):
    assert json.loads(clone.run().stdout)["arguments"] == ["up"]


def test_progress_goes_to_standard_error_alone(clone: Clone):
    done = clone.run("report", "--json")
    assert "Setting up Waymark" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_a_changed_lock_installs_again(clone: Clone):
    clone.run()
    clone.calls()
    (clone.directory / "requirements.lock").write_text("another==2\n")
    clone.run()
    assert [call.split()[0] for call in clone.calls()] == ["uv", "uv", "uv"]
    (clone.directory / "package-lock.json").write_text("{}")
    clone.run()
    assert [call.split()[0] for call in clone.calls()] == ["npm"]


def test_the_packages_for_tests_serve_a_start_too_but_not_the_other_way(clone: Clone):
    clone.run()
    clone.calls()
    clone.run("test")
    assert clone.calls()[-1].endswith("-r requirements-dev.lock")
    clone.run()
    clone.run("test")
    assert clone.calls() == []


def test_test_hands_its_arguments_to_pytest_in_the_clone(clone: Clone):
    got = json.loads(clone.run("test", "--deep", "-k", "waiting list").stdout)
    assert got["arguments"][-3:] == ["--deep", "-k", "waiting list"]
    assert got["directory"] == str(clone.directory)
    assert got["home"] is None


def test_the_callers_directory_stays_so_that_a_books_path_means_what_it_says(
    clone: Clone, tmp_path: Path
):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "app").mkdir(parents=True)
    got = json.loads(clone.run("import", "../book.xlsx", cwd=elsewhere).stdout)
    assert got["directory"] == str(elsewhere)
    assert got["arguments"] == ["import", "../book.xlsx"]
    assert got["home"] == str(clone.directory / ".data")


def test_the_home_is_where_the_caller_says(clone: Clone, tmp_path: Path):
    got = json.loads(clone.run(APP_HOME="here", cwd=tmp_path).stdout)
    assert got["home"] == str(tmp_path / "here")


def test_what_was_compiled_is_kept_beside_the_packages(clone: Clone):
    """Even for a caller who wants none beside the sources: a start would take twice as long."""
    got = json.loads(clone.run(PYTHONDONTWRITEBYTECODE="1").stdout)
    assert got["compiled"] == str(clone.directory / ".venv" / "compiled")


def test_help_answers_before_anything_is_installed(clone: Clone):
    done = clone.run("--help")
    assert done.returncode == 0
    assert "run-job" in done.stdout
    assert "run one job" in done.stdout
    assert clone.calls() == []
    assert not (clone.directory / ".venv").exists()


def test_a_failed_installation_says_why_and_the_next_start_begins_afresh(clone: Clone):
    (clone.directory / "broken").touch()
    done = clone.run()
    assert done.returncode == 1
    assert "no such package" in done.stderr
    assert done.stdout == ""
    (clone.directory / "broken").unlink()
    (clone.directory / ".venv" / "half-a-package").touch()
    assert clone.run().returncode == 0
    assert not (clone.directory / ".venv" / "half-a-package").exists()


def test_an_environment_whose_python_is_gone_is_made_again(clone: Clone):
    clone.run()
    (clone.directory / ".venv" / "bin" / "python").unlink()
    (clone.directory / ".venv" / "bin" / "python").symlink_to("/no/longer/python3")
    assert clone.run().returncode == 0


def test_without_a_usable_npm_it_takes_one_from_a_package(clone: Clone):
    clone.without_npm()
    done = clone.run()
    assert done.returncode == 0
    assert "too old" in done.stderr
    fetched, used = clone.calls()[-2:]
    assert fetched.endswith("-r requirements-node.lock")
    assert "npm-cli.js ci --ignore-scripts" in used
    assert not list((clone.directory / ".venv").glob(".node-*"))


@pytest.mark.slow
def test_two_first_starts_at_once_set_up_once(clone: Clone):
    (clone.directory / "slow").touch()
    first = subprocess.Popen(
        clone.command(),
        env=clone.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert "Setting up" in first.stderr.readline()
    second = clone.run()
    assert "Waiting for it" in second.stderr
    assert second.returncode == 0
    first.communicate(timeout=30)
    assert first.returncode == 0
    assert len(clone.calls()) == 4


@pytest.mark.slow
def test_a_start_waits_for_the_installer_of_one_that_was_killed(clone: Clone):
    (clone.directory / "slow").touch()
    killed = subprocess.Popen(
        clone.command(), env=clone.environment(), stderr=subprocess.PIPE, text=True
    )
    assert "Setting up" in killed.stderr.readline()
    while not clone.calls_file.exists():
        pass
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    done = clone.run()
    assert "Waiting for it" in done.stderr
    assert done.returncode == 0


def test_a_clone_that_one_cannot_write_to_is_refused_in_words():
    """Root may write anywhere, and pytest's directories are closed to others."""
    is_root = os.geteuid() == 0
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin") if is_root else sys.executable
    if python is None:
        pytest.skip("no Python that an ordinary user can reach")
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o755)
        clone = Clone(Path(directory) / "clone")
        clone.directory.chmod(0o555)
        done = subprocess.run(
            [python, clone.directory / "run.py"],
            env=clone.environment(),
            capture_output=True,
            text=True,
            **({"user": 65534, "group": 65534, "extra_groups": []} if is_root else {}),
        )
        clone.directory.chmod(0o755)
    assert done.returncode == 1
    assert "You cannot write to" in done.stderr
    assert clone.calls() == []


@pytest.mark.deep
def test_without_uv_it_works_with_venv_and_pip(clone: Clone):
    (clone.stand_ins / "uv").unlink()
    for name in ("requirements.lock", "requirements-build.lock"):
        (clone.directory / name).write_text("")
    done = clone.run("report")
    assert "with pip" in done.stderr
    assert json.loads(done.stdout)["arguments"] == ["report"]


def test_an_old_python_can_read_as_far_as_its_refusal():
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 7))
