"""Keeps what a C library prints off standard output, which may carry one JSON document."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def off_standard_output() -> Iterator[None]:
    """Sends to standard error what C code prints meanwhile.

    HiGHS has a debugging line that no option turns off. C keeps it in a buffer of its own,
    which must be emptied before standard output is put back.
    """
    try:
        kept = os.dup(1)
    except OSError:  # a service without standard output has nothing to keep clean
        yield
        return
    sys.stdout.flush()
    os.dup2(2, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
