"""Directories and files that their owner alone may open."""

import os
from pathlib import Path


def make_private_directory(directory: Path) -> None:
    """With every missing parent as private: `mkdir` would leave those open to be listed."""
    for each in (*reversed(directory.parents), directory):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Written beside its place and then renamed, so that it is never half there."""
    make_private_directory(path.parent)
    beside = path.with_name(f"{path.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
