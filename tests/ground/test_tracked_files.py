import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.ground.clone import ROOT

HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com")
MACHINE_PATHS = re.compile("|".join(("/work" + "/", "/root" + "/", r"/tmp" + r"/\w")))


def tracked_texts() -> dict[str, str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    texts = {}
    for name in filter(None, listed.stdout.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content:
            texts[name] = content.decode(errors="replace")
    return texts


def pinned(lock: str) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^ \\]+)", (ROOT / lock).read_text(), re.M):
        versions.setdefault(name, set()).add(version)
    return versions


def declared(group: str | None = None) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    texts = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return [Requirement(text) for text in texts]


def test_no_tracked_file_names_a_package_registry():
    named = {name for name, text in tracked_texts().items() if any(map(text.__contains__, HOSTS))}
    assert named == set()


def test_no_tracked_file_names_a_path_of_one_machine():
    named = {
        f"{name}: {found.group()}"
        for name, text in tracked_texts().items()
        if (found := MACHINE_PATHS.search(text))
    }
    assert named == set()


@pytest.mark.parametrize(
    ("group", "lock"),
    [
        (None, "requirements.lock"),
        (None, "requirements-dev.lock"),
        ("dev", "requirements-dev.lock"),
        ("build", "requirements-build.lock"),
        ("node", "requirements-node.lock"),
    ],
)
def test_the_lock_pins_what_is_declared(group: str | None, lock: str):
    versions = pinned(lock)
    missing = [
        str(requirement)
        for requirement in declared(group)
        if not any(
            requirement.specifier.contains(version)
            for version in versions.get(requirement.name.lower(), ())
        )
    ]
    assert missing == [], "run: make lock"


def test_the_tests_run_with_the_versions_that_run_in_earnest():
    earnest, tested = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {name: tested.get(name) for name in earnest} == earnest


def test_every_pinned_file_has_its_hash():
    for lock in ROOT.glob("requirements*.lock"):
        entries = re.split(r"^(?=\w)", lock.read_text(), flags=re.M)[1:]
        assert entries
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
