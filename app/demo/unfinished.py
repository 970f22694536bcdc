"""A demonstration whose loading was interrupted: noticed at the next start, and never served."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from programmes.common.errors import Refused


@contextmanager
def noted_while_loading(home: Path) -> Iterator[None]:
    """The note stays where the loading is interrupted, whatever interrupts it."""
    _note(home).touch(mode=0o600)
    yield
    _note(home).unlink()


def refuse_unfinished(home: Path) -> None:
    """Raises Refused where the last loading did not come to its end."""
    if _note(home).exists():
        raise Refused(
            f"The demonstration in {home} was interrupted while it was loaded. Delete that "
            "directory, and start again."
        )


def _note(home: Path) -> Path:
    return home / "demo-is-being-loaded"
