"""Starts the home's own database again where it died under a running service."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.embedded import Address, EmbeddedServer, is_running
from app.running.logs import tell
from programmes.common.errors import DomainError

SECONDS_BETWEEN_LOOKS = 0.5


@contextmanager
def watched(embedded: EmbeddedServer | None, address: Address | None) -> Iterator[None]:
    """Nothing to do where the databases are elsewhere: their own system looks after them."""
    if embedded is None or address is None:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(embedded, address, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(embedded: EmbeddedServer, address: Address, over: threading.Event) -> None:
    while not over.wait(SECONDS_BETWEEN_LOOKS):
        if is_running(embedded.home):
            continue
        try:
            now_at = embedded.start()
        except (DomainError, OSError):
            tell("the database does not start; trying again")
            continue
        tell("the database was started again")
        if now_at.socket_directory != address.socket_directory:
            tell("the database is at another address now; the service ends, to be started anew")
            os.kill(os.getpid(), signal.SIGTERM)
            return
