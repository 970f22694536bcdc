# `make check` is what CI runs. Everything works from a fresh clone with Python alone.

PYTHON := .venv/bin/python
UV := uv
COMPILE := $(UV) pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate --quiet

.PHONY: check test lint format types contracts lock outdated audit

check: test lint types contracts

test:
	python3 run.py test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

types:
	$(PYTHON) -m mypy

contracts:
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

# After a change of the dependencies in pyproject.toml or package.json.
lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(UV) pip compile --group build --universal --generate-hashes --no-header --no-annotate --quiet --output-file requirements-build.lock
	$(UV) pip compile --group node --universal --generate-hashes --no-header --no-annotate --quiet --output-file requirements-node.lock
	npm install --package-lock-only

# The same, taking the newest versions that pyproject.toml allows.
outdated:
	rm -f requirements.lock requirements-dev.lock requirements-build.lock requirements-node.lock package-lock.json
	$(MAKE) lock

# Known weaknesses of what is pinned. Asks the advisory services over the network, so it is not part
# of `check`: run it every week. One that cannot be asked about is a failure, not a pass.
audit:
	$(UV) tool run pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock
	npm audit --omit=dev
